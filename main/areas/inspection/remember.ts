import type { Remember, Risk } from "./contract.ts";
import type { Judged } from "./command/judged.ts";

/**
 * How far a command may be remembered. What is not known in every word, or runs code that is bound to nothing, is
 * asked each time. A grant for every command covers no more than plain reading and writing in the work folder.
 */
export function rememberCommand(
  { known, once, scripts, programs }: Judged,
  risks: readonly Risk[],
  isBound: (script: string) => boolean,
): Remember {
  if (!known || once || programs.length === 0 || !scripts.every(isBound)) return "once";
  const isPlain = scripts.length === 0 && risks.every(staysPlain);
  return isPlain ? "wide" : "narrow";
}

const staysPlain = ({ kind, level }: Risk): boolean =>
  (kind === "reads" && level === "low") || (kind === "writes" && level !== "high");
