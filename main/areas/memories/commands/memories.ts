import { readFile, writeFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import type { DaemonClient } from "../../../command/client.ts";
import { defineCommand, type Invocation, type OptionValues } from "../../../command/command.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { formatTable } from "../../../command/terminal/table.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { plural, span } from "../../../command/terminal/words.ts";
import { memories, type Memory } from "../contract.ts";

const memoryOptions = {
  search: { type: "string" },
  tag: { type: "string" },
  tags: { type: "string" },
  pinned: { type: "boolean" },
  limit: { type: "string" },
  secret: { type: "boolean" },
  preview: { type: "boolean" },
  markdown: { type: "boolean" },
} as const;

type Given = Invocation<typeof memoryOptions>;

const USAGE =
  'Usage: gatehouse memories [list] | add "TEXT" | forget ID… | export [FILE] | import FILE. `-` is the input or output.';

/** The end of an id, which tells memories apart in a list. */
const endOf = (id: string) => id.slice(id.lastIndexOf("_") + 1);

export const memoriesCommand = defineCommand({
  name: "memories",
  usage:
    '[list [--search WORDS] [--tag TAG] [--pinned] [--limit N]] | add "TEXT" [--tags A,B] [--pinned] [--secret] | forget ID… | export [FILE] [--markdown] | import FILE [--preview] [--secret]',
  summary: "What is kept for later runs: lists it, keeps, forgets, exports and imports.",
  options: memoryOptions,
  async run(given) {
    const [act = "list", ...words] = given.words;
    switch (act) {
      case "list":
        return list(given, words);
      case "add":
        return add(given, words);
      case "forget":
        return forget(given, words);
      case "export":
        return exportTo(given, words);
      case "import":
        return importFrom(given, words);
      default:
        throw new CliError(USAGE, exitCodes.usage);
    }
  },
});

function limitOf({ limit = "50" }: OptionValues<typeof memoryOptions>): number {
  const count = Number(limit);
  if (Number.isInteger(count) && count >= 1 && count <= 500) return count;
  throw new CliError("--limit is a number from 1 to 500.", exitCodes.usage);
}

async function list({ client, options, terminal }: Given, words: readonly string[]): Promise<ExitCode> {
  if (words.length > 0) throw new CliError(USAGE, exitCodes.usage);
  const { search, tag, pinned } = options;
  const answer = await client()(memories).listMemories({
    limit: limitOf(options),
    ...(search === undefined ? {} : { search }),
    ...(tag === undefined ? {} : { tag }),
    ...(pinned === true ? { pinned: true } : {}),
  });
  const { stdout, stderr } = terminal;
  if (options.json === true) {
    stdout.write(`${visibleJson(answer)}\n`);
    return exitCodes.ok;
  }
  if (answer.memories.length === 0) {
    stdout.write(answer.total === 0 ? "Nothing is kept.\n" : "No memory matches.\n");
    return exitCodes.ok;
  }
  const now = Date.now();
  const rows = answer.memories.map((memory) => [
    endOf(memory.id),
    `${span(now - memory.createdAt)} ago`,
    memory.pinned ? "pinned" : "",
    visibleLine(memory.tags.join(", ")),
    visibleLine(memory.content),
  ]);
  const titles = ["ID", "KEPT", "", "TAGS", "MEMORY"].map((title) => ({ title }));
  stdout.write(await formatTable(titles, rows));
  if (answer.next !== null) stderr.write("There are more: search, or raise --limit.\n");
  return exitCodes.ok;
}

async function add({ client, options, terminal }: Given, words: readonly string[]): Promise<ExitCode> {
  const content = words.length === 1 && words[0] === "-" ? await readAll(terminal.stdin) : words.join(" ");
  if (content.trim() === "") throw new CliError("Say what to keep.", exitCodes.usage);
  const memory = await client()(memories).addMemory({
    content,
    tags: options.tags?.split(",") ?? [],
    pinned: options.pinned === true,
    isSecretMeant: options.secret === true,
  });
  terminal.stdout.write(
    options.json === true
      ? `${visibleJson(memory)}\n`
      : `Kept as ${endOf(memory.id)}: ${visibleLine(memory.content)}\n`,
  );
  return exitCodes.ok;
}

async function forget({ client, options, terminal }: Given, words: readonly string[]): Promise<ExitCode> {
  if (words.length === 0) throw new CliError("Give the id of at least one memory.", exitCodes.usage);
  const found: Memory[] = [];
  for (const word of words) found.push(await memoryNamed(client(), word));
  const { deleted } = await client()(memories).deleteMemories({ ids: found.map(({ id }) => id) });
  if (options.json === true) terminal.stdout.write(`${visibleJson({ deleted })}\n`);
  else for (const memory of found) terminal.stdout.write(`Forgotten: ${visibleLine(memory.content)}\n`);
  return exitCodes.ok;
}

/** By its whole id, or by the end that lists show. */
async function memoryNamed(client: DaemonClient, given: string): Promise<Memory> {
  const matches: Memory[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page: { memories: Memory[]; next: string | null } = await client(memories).listMemories({
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    matches.push(...page.memories.filter(({ id }) => id === given || endOf(id) === given));
    after = page.next;
  }
  const [memory, another] = matches;
  if (memory === undefined) throw new CliError(`No memory "${given}".`, exitCodes.gone);
  if (another !== undefined)
    throw new CliError(`"${given}" could be several. Give the whole id.`, exitCodes.usage);
  return memory;
}

async function exportTo({ client, options, terminal }: Given, words: readonly string[]): Promise<ExitCode> {
  const [file = "-", ...more] = words;
  if (more.length > 0) throw new CliError(USAGE, exitCodes.usage);
  const format = options.markdown === true ? "markdown" : "json";
  const pieces: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const piece: { text: string; next: string | null } = await client()(memories).exportMemories({
      format,
      ...(after === undefined ? {} : { after }),
    });
    pieces.push(piece.text);
    after = piece.next;
  }
  if (file === "-") terminal.stdout.write(pieces.join(""));
  else await writeFile(file, pieces.join(""), { mode: 0o600 });
  return exitCodes.ok;
}

async function importFrom({ client, options, terminal }: Given, words: readonly string[]): Promise<ExitCode> {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0) throw new CliError(USAGE, exitCodes.usage);
  const text = file === "-" ? await readAll(terminal.stdin) : await readFile(file, "utf8").catch(unreadable);
  const counts = await client()(memories).importMemories({
    text,
    preview: options.preview === true,
    isSecretMeant: options.secret === true,
  });
  if (options.json === true) {
    terminal.stdout.write(`${visibleJson(counts)}\n`);
    return exitCodes.ok;
  }
  const { added, skipped, secrets, unfit } = counts;
  const kept = (count: number) => plural(count, "memory", "memories");
  const out = [
    `${options.preview === true ? "Would import" : "Imported"} ${kept(added)}.`,
    ...(skipped > 0 ? [`${kept(skipped)} there already.`] : []),
    ...(secrets > 0 ? [`${kept(secrets)} left out that look like secrets: --secret takes them too.`] : []),
    ...(unfit > 0 ? [`${kept(unfit)} left out that are blank, too long or no text.`] : []),
  ];
  terminal.stdout.write(`${out.join("\n")}\n`);
  return exitCodes.ok;
}

function unreadable(cause: unknown): never {
  throw new CliError(`The file can't be read: ${(cause as Error).message}`, exitCodes.usage);
}
