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
  askUntil(
    {
      offer: choicesText(request),
      read: (line) => parseAnswer(line, request),
      again: () => "Type one of the letters above, then Enter.\n",
    },
    terminal,
    signal,
    interrupted,
  );

export function choicesText({ choices }: Pick<PermissionRequest, "choices">): string {
  const lines = choices.map(({ scope, sentence }) => {
    const words = scope === "once" ? "allow once" : `allow and remember: ${visibleLine(sentence)}`;
    return `  ${scopeKeys[scope].padEnd(2)}  ${words}`;
  });
  return `${lines.join("\n")}\n  d   deny; "d because …" tells the agent why\n`;
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
