import { act } from "./act.ts";
import type { Inspection, Proposal } from "./contract.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { callRisks } from "./risks/call.ts";
import { preview, visibleText } from "./visible-text.ts";

type Call = Extract<Proposal, { kind: "call" }>;
type ToolCall = Extract<Proposal, { kind: "mcp" }>;

/** A call of which nothing is known but its name and arguments. Contract: tolerates every argument object. */
export const inspectCall = ({ tool, arguments: args }: Call): Inspection => inspected(tool, tool, args);

/** A tool of an MCP server. Its server may be anything, so a grant never covers other arguments. */
export function inspectTool({ server, tool, arguments: args }: ToolCall): Inspection {
  return inspected(tool, `${tool} of ${server}`, args);
}

function inspected(action: string, target: string, args: unknown): Inspection {
  return {
    subject: {
      action,
      target,
      remember: "narrow",
      fingerprint: sha256(canonicalJson([target, args])),
    },
    presentation: {
      // The card shows the arguments below: without its name here nobody would know what they are for.
      wants: `wants to use ${preview(target, 300)}`,
      act: act("use", target),
      body: { kind: "call", text: visibleText(indentedJson(args), "\n") },
      risks: callRisks(preview(target, 100)),
    },
  };
}

function indentedJson(args: unknown): string {
  try {
    return JSON.stringify(args, null, 2) ?? "(none)";
  } catch (error) {
    // Nested deeper than the stack, or not JSON at all.
    return `The arguments can't be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}
