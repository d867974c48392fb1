import { callBody } from "./call-body.ts";
import { act, isNamedWhole } from "./act.ts";
import type { Inspection, Proposal } from "./contract.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { callRisks } from "./risks/call.ts";
import { quoted } from "../../contract/sentence.ts";
import { preview, visibleText } from "../../contract/visible-text.ts";

type Call = Extract<Proposal, { kind: "call" }>;
type ToolCall = Extract<Proposal, { kind: "mcp" }>;

/** A call of which nothing is known but its name and arguments. Contract: tolerates every argument object. */
export const inspectCall = ({ tool, arguments: args }: Call): Inspection =>
  inspected(tool, tool, args, [tool]);

/** A tool of an MCP server. Its server may be anything, so a grant never covers other arguments. */
export function inspectTool({ server, tool, arguments: args }: ToolCall): Inspection {
  return inspected(tool, `${tool} of ${server}`, args, [tool, server]);
}

const MAX_NAME = 300;
const nameUnshown = "Its name is too long to be shown whole. What nobody can read can't be allowed.";

/** `names`: of the tool, and of the server that has it. */
function inspected(action: string, target: string, args: unknown, names: readonly string[]): Inspection {
  const isNamed = names.every((name) => quoted(name, MAX_NAME) === quoted(name));
  return {
    subject: {
      action,
      target,
      remember: "narrow",
      fingerprint: sha256(canonicalJson([target, args])),
    },
    presentation: {
      // The card shows the arguments below: without its name here nobody would know what they are for.
      wants: `wants to use ${names.map((name) => quoted(name, MAX_NAME)).join(" of ")}`,
      act: act("use", target),
      ...(isWithoutArguments(args) && isNamedWhole("use", target) ? { actIsAll: true } : {}),
      ...callBody(visibleText(indentedJson(args), "\n")),
      ...(isNamed ? {} : { unshown: nameUnshown }),
      risks: callRisks(preview(target, 100)),
    },
  };
}

const isWithoutArguments = (args: unknown): boolean =>
  args === undefined || args === null || (typeof args === "object" && Object.keys(args).length === 0);

function indentedJson(args: unknown): string {
  try {
    return JSON.stringify(args, null, 2) ?? "(none)";
  } catch {
    // Nested deeper than the stack.
    return canonicalJson(args);
  }
}
