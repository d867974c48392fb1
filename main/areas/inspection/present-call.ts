import type { Presentation } from "./contract.ts";
import { callRisks } from "./risks/call.ts";
import { preview, visibleText } from "./visible-text.ts";

const MAX_ACT = 120;

/** A call of a tool that has no presentation of its own. Contract: tolerates every argument object. */
export function presentCall(name: string, args: unknown): Presentation {
  return {
    wants: "wants to use a tool",
    act: act("use", name),
    body: { kind: "call", text: visibleText(indentedJson(args), "\n") },
    risks: callRisks(preview(name, 100)),
  };
}

/** "run `git push`": the object is shortened so that the whole stays within 120 characters. */
export function act(verb: string, object: string): string {
  return `${verb} \`${preview(object, MAX_ACT - verb.length - 3)}\``;
}

function indentedJson(args: unknown): string {
  try {
    return JSON.stringify(args, null, 2) ?? "(none)";
  } catch (error) {
    // Nested deeper than the stack, or not JSON at all.
    return `The arguments can't be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}
