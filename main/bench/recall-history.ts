import { openDatabase } from "../kernel/database.ts";
import { migrations } from "../migrations.ts";
import { createRandom } from "../areas/recall/testing/random.ts";

const VOCABULARY = 60_000;
const WORDS = 25;
const PER_SESSION = 200;
const PER_COMMIT = 20_000;
const FIRST_AT = 1_700_000_000_000;
const SYLLABLES = [
  "ba",
  "ke",
  "lo",
  "mi",
  "nu",
  "ra",
  "se",
  "ti",
  "vo",
  "zu",
  "pa",
  "de",
  "go",
  "hi",
  "ju",
  "ka",
];

/** Words as people use them: the second half as often as the first, the third a third as often. */
function createWords(seed: number): () => string {
  const random = createRandom(seed);
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= VOCABULARY; rank += 1) sums.push((sum += 1 / rank));
  const names = sums.map((_, rank) => nameOf(rank));
  return () => {
    const wanted = random.next() * sum;
    let low = 0;
    let high = VOCABULARY - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return names[low] ?? "";
  };
}

function nameOf(rank: number): string {
  let left = rank;
  let name = "";
  do {
    name += SYLLABLES[left % SYLLABLES.length] ?? "";
    left = Math.floor(left / SYLLABLES.length);
  } while (left > 0);
  return name;
}

/** A history of so many messages in a database of its own. Returns the words of some of them, to ask for. */
export function makeHistory(file: string, count: number, samples: number): readonly (readonly string[])[] {
  const db = openDatabase(file, migrations);
  const word = createWords(1);
  const session = db.prepare<[number, string]>(
    "INSERT INTO sessions (key, id, title, client_id, created_at, updated_at) VALUES (?, ?, '', 'bench', 0, 0)",
  );
  const message = db.prepare<[number, number, string, string, number]>(
    "INSERT INTO messages (session_key, position, run_id, role, body, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
  );
  const sampled: string[][] = [];
  const every = Math.max(1, Math.floor(count / samples));
  const write = db.transaction((from: number, to: number) => {
    for (let i = from; i < to; i += 1) {
      const position = i % PER_SESSION;
      const key = 1 + Math.floor(i / PER_SESSION);
      if (position === 0) session.run(key, `session ${key}`);
      const words = Array.from({ length: WORDS }, word);
      if (i % every === 0) sampled.push(words);
      const role = i % 2 === 0 ? "user" : "assistant";
      const at = FIRST_AT + i * 1_000;
      const body = JSON.stringify({
        role,
        content: [{ type: "text", text: words.join(" ") }],
        createdAt: at,
      });
      message.run(key, position, role, body, at);
    }
  });
  for (let from = 0; from < count; from += PER_COMMIT) write(from, Math.min(count, from + PER_COMMIT));
  db.close();
  return sampled;
}
