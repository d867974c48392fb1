import { act } from "./act.ts";
import type { Diff, Inspection, Presentation, Proposal, Subject } from "./contract.ts";
import { quoted } from "../../contract/sentence.ts";
import { textDiff, unseenChange } from "./diff.ts";
import type { ShownChange } from "./diff.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { fileChangeRisks, rememberFileChange } from "./risks/file-change.ts";
import type { FileChange } from "./risks/file-change.ts";
import { secretsOf } from "./risks/paths.ts";
import type { NamedSecret } from "./risks/paths.ts";
import type { FileThere, Surroundings } from "./surroundings.ts";

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

export function inspectFileChange(given: Change, { workDir, there }: Surroundings): Inspection {
  const { path, after, note } = given;
  const leadsTo = [there?.leadsTo, there?.alias].filter((one) => typeof one === "string");
  const { status, before, notes } = metBy(
    given,
    there,
    secretsOf([path, ...leadsTo], { workDir, cwd: workDir }),
  );
  const said = [...notes, ...(note === "" ? [] : [`Whoever asks says: ${quoted(note, MAX_NOTE)}`])].join(" ");
  const change =
    after === null
      ? unseenChange(path, status, said)
      : textDiff({ path, status, before, after, ...(said === "" ? {} : { note: said }) });
  return {
    subject: fileChangeSubject({ path, status, leadsTo }, workDir),
    presentation: presentFileChange(change, path, workDir, leadsTo),
  };
}

/** What was there before changes nothing about what would be written, but it decides what is seen of that. */
interface Met {
  readonly status: Diff["status"];
  readonly before: string;
  readonly notes: readonly string[];
}

/** Whoever asks says what there is; what was seen there counts more. */
function metBy(given: Change, there: FileThere | undefined, secrets: readonly NamedSecret[]): Met {
  const { content } = there ?? {};
  switch (content?.kind) {
    case undefined:
    case "unseen": {
      const before = content === undefined ? given.before : null;
      return {
        status: statusOf({ ...given, before }),
        before: before ?? "",
        notes: before === null ? [unseen] : [],
      };
    }
    case "absent": {
      const isExpected = given.status === "created" && (given.before ?? "") === "";
      return { status: "created", before: "", notes: isExpected ? [] : [missing] };
    }
    case "text":
    case "bytes": {
      const { kind, text } = content;
      if (kind === "text" && given.before === text)
        return { status: statusOf(given), before: text, notes: [] };
      const notes = [
        ...(given.before === null ? [] : [differs]),
        ...(secrets.length > 0 ? [keptUnseen] : kind === "bytes" ? [noText] : []),
      ];
      return { status: "overwritten", before: secrets.length > 0 ? "" : text, notes };
    }
  }
}

const unseen = "What is there now can't be shown.";
const missing = "There is no such file now, although whoever asks says so.";
const differs =
  "What is there now is not what whoever asks says it is. This is the change to what is really there.";
const keptUnseen = "It may hold secrets, so it is not shown: all that would be written is.";
const noText = "What is there now is no UTF-8 text: its bytes are shown as \\x…";

/** What was there before, or was not to be seen, is replaced, whatever it is called by who asks. */
const statusOf = ({ status, before }: Change): Diff["status"] =>
  before === null || (status === "created" && before !== "") ? "overwritten" : status;

const MAX_NOTE = 300;

function fileChangeSubject(change: FileChange, workDir: string): Subject {
  const { path, status, leadsTo = [] } = change;
  return {
    action: status === "changed" ? "edit_file" : "write_file",
    target: status === "overwritten" ? `${path} (overwrite)` : path,
    remember: rememberFileChange(change, workDir),
    fingerprint: sha256(canonicalJson([path, status, ...leadsTo])),
  };
}

export function presentFileChange(
  { diff, unshown }: ShownChange,
  path: string,
  workDir: string,
  leadsTo: readonly string[] = [],
): Presentation {
  const { status } = diff;
  return {
    wants: wants[status],
    act: act(verbs[status], path),
    body: { kind: "diff", diff },
    ...(unshown === undefined ? {} : { unshown }),
    risks: fileChangeRisks({ path, status, leadsTo }, workDir),
  };
}
