import type { PermissionRequest, Scope } from "../contract.ts";
import type { Terminal } from "../../../command/command.ts";
import { askUntil } from "../../../command/terminal/ask-until.ts";
import { visibleLine } from "../../../command/terminal/visible.ts";

export type Answer =
  | { readonly decision: "allow"; readonly scope: Scope }
  | { readonly decision: "deny"; readonly reason?: string };

const scopeKeys: Readonly<Record<Scope, string>> = {
  once: "a",
  session: "s",
  session_target: "t",
  minutes_15: "15",
  minutes_30: "30",
  minutes_60: "60",
  forever: "f",
};

/** What to allow, and how widely; null where the person leaves it waiting. */
export const askPerson = (
  request: PermissionRequest,
  terminal: Terminal,
  signal: AbortSignal,
  interrupted: () => void,
): Promise<Answer | null> =>
  askUntil({ offer: choicesText(request), ...answersTo(request) }, terminal, signal, interrupted);

export function choicesText({ choices }: Pick<PermissionRequest, "choices">): string {
  const lines = choices.map(({ scope, sentence }) => {
    const words = scope === "once" ? "allow once" : `allow and remember: ${visibleLine(sentence)}`;
    return `  ${scopeKeys[scope].padEnd(2)}  ${words}`;
  });
  return `${lines.join("\n")}\n  d   deny; "d because …" tells the agent why\n`;
}

type Offered = Pick<PermissionRequest, "choices" | "riskLevel">;

/** Reads what is typed, line by line. What reaches far counts once it was said back and agreed to. */
export function answersTo(request: Offered) {
  let meant: Answer | null = null;
  let back: string | null = null;
  return {
    read(line: string): Answer | null {
      if (meant !== null && line.trim() === "yes") return meant;
      const answer = parseAnswer(line, request);
      back = answer === null ? null : questionBack(answer, request);
      meant = back === null ? null : answer;
      return back === null ? answer : null;
    },
    again: () =>
      back === null
        ? "Type one of the letters above, then Enter.\n"
        : `${visibleLine(back)}\nType yes to allow that, or another of the letters above.\n`,
  };
}

/** As in the windows: for what covers more than this request, and whatever is to be remembered of high risk. */
function questionBack(answer: Answer, { choices, riskLevel }: Offered): string | null {
  if (answer.decision === "deny" || answer.scope === "once") return null;
  const choice = choices.find(({ scope }) => scope === answer.scope);
  if (choice?.beyond !== undefined) return choice.beyond;
  return riskLevel === "high" && choice !== undefined
    ? `${choice.sentence}: of high risk, and it will run without asking.`
    : null;
}

/** Null for anything that is not exactly one of the answers offered. */
export function parseAnswer(line: string, { choices }: Pick<PermissionRequest, "choices">): Answer | null {
  const [, key = "", rest = ""] = /^\s*(\S+)(?:\s+(.*\S))?\s*$/.exec(line) ?? [];
  if (key === "d" || key === "deny")
    return rest === "" ? { decision: "deny" } : { decision: "deny", reason: rest };
  if (rest !== "") return null;
  const choice = choices.find(({ scope }) => scopeKeys[scope] === key);
  return choice === undefined ? null : { decision: "allow", scope: choice.scope };
}
