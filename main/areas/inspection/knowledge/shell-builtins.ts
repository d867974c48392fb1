import { isHarmlessVariable, isOwnVariable } from "../command/variables.ts";
import { looksOnly, runsCode, setsVariables, showsEnvironment } from "./effects.ts";
import { operandsOf } from "./form.ts";
import type { Program, Use } from "./form.ts";

const assigns = ({ operands }: Use) =>
  operands.every(({ text }) => isHarmlessVariable(/^[^=]*/.exec(text)?.[0] ?? "")) ? [] : null;
const ownNames = ({ operands }: Use) => (operands.every(({ text }) => isOwnVariable(text)) ? [] : null);
const plainNames = ({ operands }: Use) => (operands.every(({ text }) => /^[\w.-]+$/.test(text)) ? [] : null);
const numbers = ({ operands }: Use) =>
  operands.every(({ text }) => /^(-?\d{1,3}|\$\?)$/.test(text)) && operands.length <= 1 ? [] : null;

const fileTests =
  "-e -f -d -r -w -x -s -L -h -p -S -b -c -g -u -k -O -G -N -n -z -nt -ot -ef = == != < >".split(" ");
const comparisons = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

/** The shell's own commands. */
export const shellPrograms: readonly Program[] = [
  {
    names: "cd pushd popd",
    does: [looksOnly],
    options: "-L -P",
    operands: "any",
    check: ({ operands }) => (operands.length === 1 && operands[0]?.text !== "-" ? [] : null),
  },
  { names: "exit return break continue shift wait", does: [looksOnly], operands: "any", check: numbers },
  {
    names: "test [",
    does: [looksOnly],
    texts: (use) => [...operandsOf(use), ...use.values(...fileTests)],
    // No options of its own: `-v` would calculate an index, so what is not here is not known.
    style: "words",
    options:
      "-e: -f: -d: -r: -w: -x: -s: -L: -h: -p: -S: -b: -c: -g: -u: -k: -O: -G: -N: -t: -n: -z: -eq: -ne: -lt: -le: -gt: -ge: -nt: -ot: -ef: ! = == != < > ] -a -o",
    operands: "any",
    // Some shells calculate what they compare as numbers, and run what is in it.
    check: (use) =>
      use.values(...comparisons).length === 0 ||
      [...use.operands.map(({ text }) => text), ...use.values(...comparisons)].every((text) =>
        /^-?\d+$/.test(text),
      )
        ? []
        : null,
  },
  {
    names: "printf",
    does: [looksOnly],
    operands: "any",
    texts: operandsOf,
    // Some shells calculate what is shown as a number.
    check: ({ operands }) => (/^(?!-)([^%]|%[sbq%])*$/.test(operands[0]?.text ?? "-") ? [] : null),
  },
  {
    names: "set",
    does: [looksOnly],
    options: "-e -u -x -f -n -v -E -T -C +-e +-u +-x +-f +-v +-C -o: +-o:",
    check: (use) =>
      use
        .values("-o", "+-o")
        .every((name) => /^(pipefail|errexit|nounset|xtrace|noglob|noclobber)$/.test(name))
        ? []
        : null,
  },
  {
    names: "export local declare typeset readonly",
    does: [looksOnly],
    operands: "any",
    // Alone it shows what is set.
    check: (use) => (use.operands.length === 0 ? [showsEnvironment] : assigns(use)),
    otherwise: setsVariables,
  },
  { names: "read", does: [looksOnly], options: "-r -s -n:n -t:n -d: -p:", operands: "any", check: ownNames },
  { names: "unset", does: [looksOnly], options: "-v -f", operands: "any", check: ownNames },
  { names: "type", does: [looksOnly], options: "-a -p -t -P -f -w", operands: "any", check: plainNames },
  // Not here: `-p`, which makes a name start any file from then on.
  { names: "hash", does: [looksOnly], options: "-r -t -l", operands: "any", check: plainNames },
  { names: "umask ulimit jobs times", does: [looksOnly], options: "-a -p -S", operands: "none" },
  { names: "eval", does: [runsCode], operands: "anything", once: true },
  {
    names: "source .",
    does: [],
    runs: { kind: "script" },
    // Without a slash it is looked for along the search path.
    check: ({ operands }) => (operands[0]?.text.includes("/") === true ? [] : null),
    otherwise: runsCode,
  },
  {
    names: "trap alias shopt builtin enable bind complete mapfile readarray getopts let fc history disown",
    does: [runsCode],
    operands: "anything",
    once: true,
  },
];
