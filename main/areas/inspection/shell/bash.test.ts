import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseShell } from "./parse.ts";

const BASH = "/bin/bash";
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-bash-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

/** Functions that write down how they were called, one call a line, in place of programs. */
const recorders = ["p0", "p1", "p2"]
  .map((name) => `${name}() { printf '%s\\0' ${name} "$@" $'\\001' >> "$RECORD"; }`)
  .join("\n");

/** How bash itself calls the programs of these texts, each text apart. */
function callsIn(texts: readonly string[]): string[][][] {
  const record = join(folder, "calls");
  const prelude = join(folder, "prelude");
  const runner = join(folder, "runner");
  writeFileSync(prelude, recorders);
  const runs = texts.map((text, i) => {
    writeFileSync(join(folder, `text${i}`), text);
    return `RECORD='${record}${i}' ${BASH} '${join(folder, `text${i}`)}' < /dev/null > /dev/null 2>&1`;
  });
  writeFileSync(runner, runs.join("\n"));
  try {
    execFileSync(BASH, ["-c", `. '${runner}'`], {
      cwd: folder,
      env: { PATH: "/usr/bin:/bin", BASH_ENV: prelude, y: "v w" },
      stdio: "ignore",
    });
  } catch {
    // The last text may well fail; what it called before is on record.
  }
  return texts.map((_, i) => {
    const path = `${record}${i}`;
    const words = existsSync(path) ? readFileSync(path, "utf8").split("\0") : [];
    const calls: string[][] = [[]];
    for (const word of words.slice(0, -1)) {
      if (word === "\u0001") calls.push([]);
      else calls.at(-1)?.push(word);
    }
    return calls.slice(0, -1);
  });
}

const pieces = [
  ..."p0 p1 p2 a -x --".split(" ").flatMap((word) => [word, word]),
  " ",
  " ",
  " ",
  " ",
  "\t",
  "\n",
  "'",
  '"',
  "\\",
  "\\\n",
  "$'\\n'",
  "$'a\\'b'",
  "$y",
  '"$y"',
  "${y}",
  "${y:-p2}",
  "$(p1 b)",
  "`p2 c`",
  '"$(p2 "d e")"',
  "<(p1)",
  "; ",
  " && ",
  " || ",
  " | ",
  " |& ",
  " & ",
  "(",
  ")",
  "{ ",
  "; }",
  "#",
  " # c",
  " >/dev/null",
  " 2>&1",
  " &>/dev/null",
  " <<E\n",
  "\nE\n",
  " <<'E'\n",
  " <<< x",
  "{a,b}",
  "=",
  "x=1 ",
  "! ",
  "if p0; then p1 x; fi",
  "case a in a) p1 y;; esac",
  "for i in 1 2; do p2 z; done",
  "[[ a ]]",
  "$((1))",
  "é",
  "\r",
  '$"q"',
  ";;",
  "time ",
  "function ",
  "\u00a0",
];

function texts(count: number, seed: number): string[] {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: count }, () => {
    const length = 1 + below(9);
    return `p0 ${Array.from({ length }, () => pieces[below(pieces.length)] ?? "").join("")}`;
  });
}

it.skipIf(!existsSync(BASH))(
  "bash calls nothing that was not found, and with the very words that were found",
  () => {
    const all = texts(600, 11);
    const called = callsIn(all);
    let compared = 0;
    all.forEach((text, i) => {
      const parsed = parseShell(text);
      if (parsed === null) return;
      const found = parsed.commands.filter(({ words }) => words.length > 0);
      const isLiteral = found.map(({ words }) => words.every(({ kind }) => kind === "literal"));
      const known = new Set(found.map(({ words }) => JSON.stringify(words.map((word) => word.text))));
      const hasUnknown = new Set(
        found.filter((_, at) => isLiteral[at] === false).map(({ words }) => words[0]?.text),
      );
      for (const call of called[i] ?? []) {
        const isFound = known.has(JSON.stringify(call)) || hasUnknown.has(call[0] ?? "");
        // A program's name may itself be unknown.
        const isNamedLate = found.some(({ words }) => words[0]?.kind !== "literal");
        expect(isFound || isNamedLate, `${JSON.stringify(text)} calls ${JSON.stringify(call)}`).toBe(true);
        compared += 1;
      }
    });
    expect(compared).toBeGreaterThan(250);
  },
  120_000,
);
