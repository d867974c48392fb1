import { act } from "./act.ts";
import type { Diff, Inspection, Presentation, Proposal, Subject } from "./contract.ts";
import { quoted } from "../../contract/sentence.ts";
import { textDiff, unseenChange } from "./diff.ts";
import type { ShownChange } from "./diff.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { fileChangeRisks, rememberFileChange } from "./risks/file-change.ts";
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

type Change = Extract<Proposal, { kind: "file_change" }>;

export function inspectFileChange(given: Change, workDir: string): Inspection {
  const { path, before, after, note } = given;
  const status = statusOf(given);
  const said = note === "" ? "" : `Whoever asks says: ${quoted(note, MAX_NOTE)}`;
  const change =
    after === null
      ? unseenChange(path, status, said)
      : textDiff({ path, status, before: before ?? "", after, ...withNote(before === null, said) });
  return {
    subject: fileChangeSubject({ path, status }, workDir),
    presentation: presentFileChange(change, path, workDir),
  };
}

/** Whoever asks names it; what was there before, or was not to be seen, is replaced all the same. */
const statusOf = ({ status, before }: Change): Diff["status"] =>
  before === null || (status === "created" && before !== "") ? "overwritten" : status;

/** What was there before changes nothing about what would be written. */
function withNote(isOldUnseen: boolean, said: string): { readonly note?: string } {
  const notes = [
    ...(isOldUnseen ? ["What is there now can't be shown."] : []),
    ...(said === "" ? [] : [said]),
  ];
  return notes.length === 0 ? {} : { note: notes.join(" ") };
}

const MAX_NOTE = 300;

function fileChangeSubject({ path, status }: FileChange, workDir: string): Subject {
  return {
    action: status === "changed" ? "edit_file" : "write_file",
    target: status === "overwritten" ? `${path} (overwrite)` : path,
    remember: rememberFileChange({ path, status }, workDir),
    fingerprint: sha256(canonicalJson([path, status])),
  };
}

export function presentFileChange(
  { diff, unshown }: ShownChange,
  path: string,
  workDir: string,
): Presentation {
  const { status } = diff;
  return {
    wants: wants[status],
    act: act(verbs[status], path),
    body: { kind: "diff", diff },
    ...(unshown === undefined ? {} : { unshown }),
    risks: fileChangeRisks({ path, status }, workDir),
  };
}
