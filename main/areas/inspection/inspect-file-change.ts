import { act } from "./act.ts";
import type { Diff, Inspection, Presentation, Proposal, Remember, Subject } from "./contract.ts";
import { quoted } from "../../contract/sentence.ts";
import { textDiff, unseenChange } from "./diff.ts";
import type { ShownChange } from "./diff.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { fileChangeRisks, isObeyed } from "./risks/file-change.ts";
import type { FileChange } from "./risks/file-change.ts";

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

export function inspectFileChange({
  path,
  status,
  before,
  after,
  note,
}: Extract<Proposal, { kind: "file_change" }>): Inspection {
  const said = note === "" ? "" : `Whoever asks says: ${quoted(note, MAX_NOTE)}`;
  const change =
    after === null
      ? unseenChange(path, status, said)
      : textDiff({ path, status, before: before ?? "", after, ...withNote(before === null, said) });
  return { subject: fileChangeSubject({ path, status }), presentation: presentFileChange(change, path) };
}

/** What was there before changes nothing about what would be written. */
function withNote(isOldUnseen: boolean, said: string): { readonly note?: string } {
  const notes = [
    ...(isOldUnseen ? ["What is there now can't be shown."] : []),
    ...(said === "" ? [] : [said]),
  ];
  return notes.length === 0 ? {} : { note: notes.join(" ") };
}

const MAX_NOTE = 300;

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

export function presentFileChange({ diff, unshown }: ShownChange, path: string): Presentation {
  const { status } = diff;
  return {
    wants: wants[status],
    act: act(verbs[status], path),
    body: { kind: "diff", diff },
    ...(unshown === undefined ? {} : { unshown }),
    risks: fileChangeRisks({ path, status }),
  };
}
