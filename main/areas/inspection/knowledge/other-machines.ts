import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import type { Program, Use } from "./form.ts";
import { named } from "./names.ts";

const runsElsewhere = risk(
  "runs_code",
  "high",
  "runs commands elsewhere",
  "The command runs on the other machine, with your keys.",
);

/** `host:path` and `user@host:path`, but no path with a colon further on. */
const placed = /^(?:rsync:\/\/)?((?:[\w.-]+@)?(?:[\w.-]+|\[[0-9a-f:]+\]))(?::|\/)/i;
const isPlaced = (text: string): boolean => text.startsWith("rsync://") || /^[^/.-][^/]*:/.test(text);

const hostOf = (text: string): string => placed.exec(text)?.[1] ?? text;

/** "copies to backup@host", "copies from host": which way follows from where the last word is. */
export function copiesElsewhere(use: Use): readonly Risk[] {
  const words = use.operands.map(({ text }) => text);
  const to = words.at(-1) ?? "";
  const from = words.slice(0, -1).find(isPlaced);
  const why = "It moves files over the network.";
  return [
    ...(isPlaced(to) ? [risk("network", "high", `copies to ${named(hostOf(to))}`, why)] : []),
    ...(from === undefined ? [] : [risk("network", "high", `copies from ${named(hostOf(from))}`, why)]),
  ];
}

/** Works on a machine by its name. What is said there nobody here can judge. */
function worksOn({ operands, isKnown }: Use): readonly Risk[] {
  const host = operands[0]?.text;
  const where = host === undefined || !isKnown ? "another machine" : named(host);
  return [
    risk("network", "high", `works on ${where}`, "Gatehouse can't see what happens there."),
    ...(operands.length === 1 ? [] : [runsElsewhere]),
  ];
}

export const otherMachinePrograms: readonly Program[] = [
  {
    names: "ssh mosh rsh",
    does: [],
    // Not here: `-o`, `-F` and `-J`, which can name programs to run here.
    options:
      "-4 -6 -A -a -C -f -g -K -k -N -n -q -T -t -v -X -x -Y -b: -c: -i: -l: -m: -p: -L: -R: -D: -W: -E:out",
    operands: "any",
    endsOptions: true,
    once: true,
    check: worksOn,
    otherwise: runsElsewhere,
  },
  {
    names: "scp",
    does: [],
    options: "-3 -4 -6 -A -B -C -O -p -q -R -r -T -v -c: -i: -l:n -P:n -X:",
    operands: "written",
    once: true,
    below: (use) => (use.has("-r") ? use.operands.slice(0, -1).map(({ text }) => text) : []),
    check: copiesElsewhere,
    otherwise: runsElsewhere,
  },
];
