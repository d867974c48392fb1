import { act } from "./act.ts";
import type { Diff, Inspection, Presentation, Proposal, Remember, Subject } from "./contract.ts";
import { factsOnly, textDiff } from "./diff.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { fileChangeRisks, isObeyed } from "./risks/file-change.ts";
import type { FileChange } from "./risks/file-change.ts";
import type { Surroundings } from "./surroundings.ts";

const wants: Readonly<Record<Diff["status"], string>> = {
  created: "wants to create a file",
  changed: "wants to change a file",
  overwritten: "wants to replace a file",
};
const verbs: Readonly<Record<Diff["status"], string>> = {
  created: "create",
  changed: "change",
  overwritten: "replace",
};

export function inspectFileChange(
  { path, status, before, after, note }: Extract<Proposal, { kind: "file_change" }>,
  { refusal }: Surroundings,
): Inspection {
  const diff =
    before === null || after === null
      ? factsOnly({ path, status, note: note || "The change can't be shown." })
      : textDiff({ path, status, before, after });
  return {
    subject: fileChangeSubject({ path, status }),
    presentation: presentFileChange(diff, path, refusal !== undefined),
  };
}

function fileChangeSubject({ path, status }: FileChange): Subject {
  return {
    action: status === "changed" ? "edit_file" : "write_file",
    target: status === "overwritten" ? `${path} (overwrite)` : path,
    remember: rememberFileChange(path),
    fingerprint: sha256(canonicalJson([path, status])),
  };
}

/** A grant for every change does not cover a file that some program obeys later: that may run code. */
export const rememberFileChange = (path: string): Remember => (isObeyed(path) ? "narrow" : "wide");

/** `refused` if the call will fail even when it is allowed; the diff's note says why. */
export function presentFileChange(diff: Diff, path: string, refused: boolean): Presentation {
  const { status } = diff;
  return {
    wants: refused ? `${wants[status]}, which will be refused` : wants[status],
    act: act(verbs[status], path),
    body: { kind: "diff", diff },
    risks: fileChangeRisks({ path, status }),
  };
}
