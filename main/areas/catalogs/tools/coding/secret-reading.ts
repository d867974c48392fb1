import type { Presentation } from "../../../inspection/contract.ts";
import { act } from "../../../inspection/act.ts";
import { canonicalJson, sha256 } from "../../../inspection/digest.ts";
import { risk } from "../../../inspection/risks/risk.ts";
import { visibleText } from "../../../../contract/visible-text.ts";
import { SecretFailure, ToolFailure } from "./failure.ts";
import { lookAtFile } from "./files/file-seen.ts";
import { locate } from "./files/locate.ts";
import type { SometimesAsked } from "./coding-tool.ts";

/**
 * For tools that only read: what may hold secrets is read when a person allows it, each time. Everything else is read
 * without a question, and what is Gatehouse's own never is.
 */
export function askForSecrets<A extends { readonly path: string }>(verb: string): SometimesAsked<A> {
  return {
    action: "read_secret",
    isNeeded: ({ path }, { workspace }) => secretReason(path, workspace) !== null,
    async look(args, { workspace }) {
      const why = secretReason(args.path, workspace) ?? args.path;
      const { state } = await lookAtFile(() => locate(workspace, args.path, true));
      return {
        subject: { target: args.path, remember: "once", fingerprint: sha256(canonicalJson(args)), state },
        present: () => present(verb, args, why),
      };
    },
  };
}

/** Null if it can be read without a question, or not at all. */
function secretReason(path: string, workspace: string): string | null {
  try {
    locate(workspace, path);
    return null;
  } catch (error) {
    if (!(error instanceof SecretFailure)) return null;
    return canBeRead(path, workspace) ? error.message : null;
  }
}

function canBeRead(path: string, workspace: string): boolean {
  try {
    return locate(workspace, path, true).kind !== "absent";
  } catch (error) {
    if (error instanceof ToolFailure) return false;
    throw error;
  }
}

function present(verb: string, args: { readonly path: string }, why: string): Presentation {
  return {
    wants: `wants to ${verb} what may hold secrets`,
    act: act(verb, args.path),
    body: { kind: "call", text: visibleText(JSON.stringify(args, null, 2), "\n") },
    risks: [
      risk(
        "reads",
        "high",
        "hands out secrets",
        `${visibleText(why.replace(" Do not retry.", ""))} Whoever asks, and the model behind it, gets to see it.`,
      ),
    ],
  };
}
