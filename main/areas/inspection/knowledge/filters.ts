import { risk } from "../risks/risk.ts";
import { looksOnly, runsCode, runsOthers, writesFiles } from "./effects.ts";
import type { Program, Use } from "./form.ts";
import { isPlainAwk, isPlainSed } from "./plain-scripts.ts";

const inPlace = risk("writes", "medium", "changes files in place", "The files are rewritten.");

/** With `-e` every word is a file; without, the first one is the script. */
function plainSed(use: Use) {
  const given = use.values("-e", "--expression");
  const [first] = use.operands;
  const scripts = given.length > 0 ? given : first?.kind === "literal" ? [first.text] : [];
  // What is behind `-i` names the copy it keeps, and may lead anywhere.
  const keepsPlainly = use.values("-i", "--in-place").every((ending) => /^\.\w+$/.test(ending));
  if (scripts.length === 0 || !scripts.every(isPlainSed) || !keepsPlainly) return null;
  return use.has("-i", "--in-place") ? [inPlace] : [looksOnly];
}

const filter = (names: string, options: string, more: Partial<Program> = {}): Program => ({
  names,
  does: [looksOnly],
  options,
  operands: "any",
  ...more,
});

export const filterPrograms: readonly Program[] = [
  filter(
    "sort gsort",
    "-b -d -f -g -h -i -M -n -R -r -V -c -C -m -s -u -z -k: -t: -S: -T: --numeric-sort --reverse --unique --key: --field-separator: --human-numeric-sort --version-sort --general-numeric-sort --ignore-case --stable --check?: --zero-terminated --random-sort --month-sort --ignore-leading-blanks --parallel:n --merge",
    {
      also: { "-o:out --output:out": [writesFiles] },
      otherwise: runsOthers,
    },
  ),
  filter(
    "uniq",
    "-c -d -D -u -i -z -f:n -s:n -w:n --count --repeated --all-repeated?: --unique --ignore-case --skip-fields:n --skip-chars:n --check-chars:n --zero-terminated",
    {
      // A second word is a file that it writes.
      check: ({ operands }) => (operands.length <= 1 ? [] : null),
    },
  ),
  filter(
    "cut",
    "-b: -c: -d: -f: -s -z -n --bytes: --characters: --delimiter: --fields: --only-delimited --output-delimiter: --complement --zero-terminated",
  ),
  filter("tr", "-c -C -d -s -t --complement --delete --squeeze-repeats --truncate-set1"),
  filter(
    "column",
    "-t -s: -c:n -x -o: -n -N: -R: -e -l:n --table --separator: --output-separator: --table-columns: --json",
  ),
  filter(
    "fold fmt paste expand unexpand rev join",
    "-w:n -s -b -d: -t: -i -a: -1: -2: -j: -o: -e: -v: -z -# --width:n --spaces --bytes --delimiters: --serial --tabs: --all --first-only",
  ),
  filter("base64 base32", "-d -D -i -w:n -b:n --decode --ignore-garbage --wrap:n", {
    check: ({ operands }) => (operands.length <= 1 ? [] : null),
  }),
  {
    names: "sed gsed",
    does: [],
    options:
      "-n -E -r -s -u -z --quiet --silent --regexp-extended --posix --sandbox --separate --unbuffered --null-data -e: --expression: -i?: --in-place?: -l:n --line-length:n",
    operands: "any",
    writesWith: "-i --in-place",
    check: plainSed,
    otherwise: runsCode,
  },
  {
    names: "awk gawk mawk nawk",
    does: [],
    options: "-F: -v: --field-separator: --assign: --posix --sandbox -f:script --file:script",
    runs: { kind: "script", isCode: isPlainAwk },
    otherwise: runsCode,
  },
];
