import { describe, expect, it } from "vitest";
import { cpuTimeOf } from "../testing/cpu-time.ts";
import { parseShell } from "./parse.ts";

const mark = { literal: "", pattern: "pattern ", unknown: "unknown " } as const;
/** One line for each simple command. */
const commands = (text: string) =>
  parseShell(text)?.commands.map(({ words, redirections, hasInput }) =>
    [
      ...words.map(({ text: word, kind }) => `${mark[kind]}${word}`),
      ...redirections.map(({ does, target }) => `(${does} ${mark[target.kind]}${target.text})`),
      ...(hasInput ? ["(input)"] : []),
    ].join(" | "),
  ) ?? null;

describe("every simple command is found, wherever it stands", () => {
  it.each<[string, string[]]>([
    ["git status -s", ["git | status | -s"]],
    ["a | b && c || d; e & f", ["a", "b | (input)", "c", "d", "e", "f"]],
    ["(a; b) | { c; }", ["a", "b", "c | (input)"]],
    ["! time -p a", ["a"]],
    ["if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]],
    ["while a; do b; done; until c; do d; done", ["a", "b", "c", "d"]],
    ["for i in x; do a; done; select i in x; do b; done", ["a", "b"]],
    ["case x in a|b) c;; *) d;; esac", ["c", "d"]],
    ["f() { a; }; function g { b; }", ["a | (input)", "b | (input)"]],
    ["echo $(a $(b))", ["b", "a | unknown $(b)", "echo | unknown $(a $(b))"]],
    ["echo `a \\`b\\``", ["b", "a | unknown `b`", "echo | unknown `a \\`b\\``"]],
    ['echo "x $(a) y"', ["a", "echo | unknown x $(a) y"]],
    ["diff <(a) >(b)", ["a", "b", "diff | unknown <(a) | unknown >(b)"]],
    ["x=$(a) b", ["a", "b"]],
    ["x=(1 $(a)); y[$(b)]=1", ["a", "", "b", ""]],
    ["echo ${x:-$(a)} ${x/$(b)/$(c)} ${x%$(d)}", ["a", "b", "c", "d"]],
    ["cat <<E\n$(a)\nE\nb", ["a", "cat | (input)", "b"]],
    ["cat <<'E'; b\n$(a)\nE", ["cat | (input)", "b"]],
    ["cat <<A <<B\na\nA\nb\nB\nc", ["cat | (input)", "c"]],
    ["cat <<-E\n\tx\n\tE\nb", ["cat | (input)", "b"]],
    ["a <<< $(b)", ["b", "a | (input)"]],
    [
      "a > x >> y 2>/dev/null < z",
      ["a | (writes x) | (writes y) | (writes /dev/null) | (reads z) | (input)"],
    ],
    ["a 2>&1 >&2 <&- &> x", ["a | (writes x) | (input)"]],
    ["a > $(b)", ["b", "a | (writes unknown $(b))"]],
    ["{ a; } > x", ["a | (writes x)", "(writes x)"]],
    ["[[ -f $(a) && x == $(b) ]]", ["a", "b"]],
    ["(( x = $(a) )); echo $(( 1 + $(b) ))", ["a", "b", "echo"]],
    ["for ((i=$(a); i<2; i++)); do b; done", ["a", "b"]],
    ["a # b; c", ["a"]],
    ["a \\\n b", ["a | b"]],
    ["> x", ["(writes x)"]],
  ])("%j", (text, found) => {
    const all = commands(text);
    for (const one of found) expect(all).toContainEqual(expect.stringContaining(one));
    const starts = all?.map((one) => one.split(" | ")[0]).filter((one) => /^[a-z]/.test(one ?? ""));
    const expected = found.map((one) => one.split(" | ")[0]).filter((one) => /^[a-z]/.test(one ?? ""));
    if (!text.includes("${x")) expect(starts).toEqual(expected);
  });
});

describe("a word is what bash makes of it, or unknown", () => {
  it.each([
    [`a'b'"c"\\d`, "abcd"],
    [`"a b"`, "a b"],
    [`'$x'`, "$x"],
    [`"\\$x \\a"`, "$x \\a"],
    [`$'a\\tb'`, "a\tb"],
    ["$'\\x41'", "unknown $\\x41"],
    ["$x", "unknown $x"],
    ['"$x"', "unknown $x"],
    ['$"x"', "unknown $x"],
    ["{a,b}", "unknown {a,b}"],
    ["*.ts", "unknown *.ts"],
    ["[a]b", "unknown [a]b"],
    ["src/*.ts", "pattern src/*.ts"],
    ["./*", "pattern ./*"],
    ["src/{a,b}", "unknown src/{a,b}"],
    ["a\\*b*", "unknown a\\*b*"],
    ["'*'", "*"],
    ["~/x", "~/x"],
    ["a#b", "a#b"],
  ])("%s", (text, word) => expect(commands(`p ${text}`)?.at(-1)).toBe(`p | ${word}`));
});

describe("what is unfinished, odd or too much does not parse", () => {
  it.each([
    'a "b',
    "a 'b",
    "a $(b",
    "a `b",
    "a ${b",
    "if a; then b",
    "a |",
    "a &&",
    "(a",
    "a)",
    "{ a",
    "a; }",
    "a > ",
    "a ;; b",
    "cat <<E\nx",
    "for i in a; do b",
    "coproc a",
    "a {fd}> x",
    "a\0b",
    "a \\",
    "a\n".repeat(5_000),
    "cat <<E\nE\n".repeat(50),
    `${"( ".repeat(50)}a${")".repeat(50)}`,
    `${"$(".repeat(50)}a${")".repeat(50)}`,
    `a ${"x".repeat(70_000)}`,
  ])("%#", (text) => expect(parseShell(text)).toBeNull());

  it("quickly, whatever the size", () => {
    const shapes: [string, string][] = [
      ["(", ")"],
      ["$(", ")"],
      ["{ ", "; }"],
      ["`", "`"],
      ['"$(', ')"'],
      ["${a:-", "}"],
      ["$((1+", "))"],
      ["if ", ""],
      ["case x in a) ", ""],
      ["f() ", ""],
      ["[[ ( ", ""],
      ["<(", ")"],
      ["cat <<E ", ""],
      ["a|", ""],
      ["@(", ")"],
      ["{a,", "}"],
      [">a ", ""],
      ["a=1 ", ""],
      ["\\\n", ""],
      ["#\n", ""],
      ["x", ""],
      ["$(a) ", ""],
    ];
    for (const [open, close] of shapes) {
      for (const size of [4_000, 60_000, 2_000_000]) {
        const times = Math.floor(size / (open.length + close.length));
        const text = `${open.repeat(times)}x${close.repeat(times)}`;
        // The first time includes what the engine needs to get going.
        expect(
          cpuTimeOf(() => void parseShell(text)),
          `${open} ${size}`,
        ).toBeLessThan(500);
      }
    }
    expect(parseShell("[".repeat(50_000))).toBeNull();
    expect(parseShell(`a ${"b ".repeat(20_000)}`)?.commands).toHaveLength(1);
  });
});

describe("what depends on values is doubted", () => {
  it.each([
    "echo $((x))",
    "[[ $a -eq 1 ]]",
    "((x))",
    "echo ${!x}",
    "echo ${x@P}",
    "echo ${x:1:y}",
    "echo ${a[x]}",
    "[[ -v x ]]",
    "f() { a; }",
  ])("%s", (text) => expect(parseShell(text)?.doubts.size).toBeGreaterThan(0));
  it.each(["echo $x", "echo ${x:-y}", "[[ -f x ]]", "echo $((1 + 2))", "[[ $x == y ]]", "echo ${#x}"])(
    "not %s",
    (text) => expect(parseShell(text)?.doubts.size).toBe(0),
  );
});
