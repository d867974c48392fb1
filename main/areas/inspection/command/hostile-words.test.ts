import { expect, it } from "vitest";
import { inspect } from "../inspect.ts";
import { cpuTimeOf } from "../testing/cpu-time.ts";

const pieces = [".", " ", "0", "-", "/", "=", "a", "\\", "s/a/b/", "'", "_", "x=", "\u202e", ";", "1."];
const places: readonly ((word: string) => readonly string[])[] = [
  (word) => [word],
  (word) => ["env", word, "x"],
  (word) => ["npm", "x", word],
  (word) => ["sed", "-e", word],
  (word) => ["awk", word],
  (word) => ["git", word],
  (word) => ["rm", "-rf", word],
  (word) => ["curl", word],
  (word) => ["git", ...Array.from({ length: 5_000 }, () => word.slice(-20))],
];

it.each(pieces)(
  "looks through a command with a very long word of %j in no time",
  (piece) => {
    const took = cpuTimeOf(() => {
      for (const end of ["", "x", "\n"]) {
        const word = piece.repeat(200_000 / piece.length) + end;
        for (const place of places) {
          inspect({ kind: "program", argv: place(word), folder: "", input: word }, { workDir: "/w" });
        }
      }
    });
    expect(took).toBeLessThan(5_000);
  },
  60_000,
);

it("looks through a `find` that starts a command at every word, and ends none, in no time", () => {
  const argv = ["find", ".", ...Array.from({ length: 19_900 }, () => "-exec")];
  const took = cpuTimeOf(() => {
    for (let i = 0; i < 10; i += 1)
      inspect({ kind: "program", argv, folder: "", input: "" }, { workDir: "/w" });
  });
  expect(took).toBeLessThan(2_000);
}, 60_000);
