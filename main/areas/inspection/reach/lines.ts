import { resolve } from "node:path";
import { quoted } from "../../../contract/sentence.ts";
import { visibleText } from "../../../contract/visible-text.ts";
import type { Risk } from "../contract.ts";
import { ranked, risk } from "../risks/risk.ts";
import type { Reach } from "../surroundings.ts";
import type { Need } from "./needs.ts";
import { partName } from "./part-name.ts";

const MAX_NAMED = 5;
const MAX_LINE = 100;

/** What is written in package.json is what runs, so it is shown like a command. */
const runsLine = ({ name, line }: Reach["lines"][number]): Risk =>
  risk("runs_code", "medium", `runs ${quoted(line, MAX_LINE)}`, `${name}: ${visibleText(line)}`);

/** Says beside the other risks what else the command is made of, if somebody found that out. */
export function withLines(risks: Risk[], needs: readonly Need[], reach: Reach | undefined): Risk[] {
  const others = (reach?.bound ?? []).filter(
    ({ path, script }) =>
      script === undefined &&
      !needs.some((need) => need.kind === "script" && resolve("/", need.path) === resolve("/", path)),
  );
  const lines = (reach?.lines ?? []).map(runsLine);
  if (others.length === 0) return ranked([...risks, ...lines]);
  const names = others.slice(0, MAX_NAMED).map(partName).join(", ");
  const more = others.length > MAX_NAMED ? `, and ${others.length - MAX_NAMED} more` : "";
  const only =
    others.length === 1 ? others.map(partName).join("") : `${others.length} files that it leads to`;
  const why =
    reach?.isWhole === true
      ? "If one of them changes you are asked again."
      : "There may be more that it leads to.";
  return ranked([
    ...risks,
    ...lines,
    risk("runs_code", "low", `runs ${only}`, `It leads to ${names}${more}. ${why}`),
  ]);
}
