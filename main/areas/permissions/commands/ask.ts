import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { PermissionRequest, Scope } from "../contract.ts";
import type { Terminal } from "../../../command/command.ts";
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

/** What was typed before the question was on screen does not answer it. */
const DISCARD_MS = 80;

/**
 * Asks until the answer makes sense. Null when the person ends the input (Ctrl-D): the request goes on waiting.
 *
 * Contract: rejects with the signal's reason as soon as it aborts; `interrupted` is called on Ctrl-C.
 */
export async function askPerson(
  request: PermissionRequest,
  terminal: Terminal,
  signal: AbortSignal,
  interrupted: () => void,
): Promise<Answer | null> {
  await discardTypedAhead(terminal.stdin, signal);
  const prompt = createInterface({ input: terminal.stdin, output: terminal.stderr, terminal: true });
  const ended = new AbortController();
  prompt.once("close", () => ended.abort());
  prompt.on("SIGINT", interrupted);
  try {
    terminal.stderr.write(choicesText(request));
    for (;;) {
      const line = await prompt.question("> ", { signal: AbortSignal.any([signal, ended.signal]) });
      const answer = parseAnswer(line, request);
      if (answer !== null) return answer;
      terminal.stderr.write("Type one of the letters above, then Enter.\n");
    }
  } catch (error) {
    if (signal.aborted || !ended.signal.aborted) throw error;
    return null;
  } finally {
    prompt.close();
  }
}

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

async function discardTypedAhead(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<void> {
  const ignore = () => undefined;
  stdin.on("data", ignore);
  stdin.resume();
  try {
    await wait(DISCARD_MS, undefined, { signal });
  } finally {
    stdin.off("data", ignore);
    stdin.pause();
  }
}
