import { preview } from "../../../contract/visible-text.ts";
import type { Diff, Remember, Risk } from "../contract.ts";
import { secretsOf } from "./paths.ts";
import { ranked, risk } from "./risk.ts";
import { withReach, writtenRisks } from "./where.ts";

export interface FileChange {
  readonly path: string;
  readonly status: Diff["status"];
  /** Full paths of what is really written: behind links, and of the same file under another name. */
  readonly leadsTo?: readonly string[];
}

export function fileChangeRisks({ path, status, leadsTo = [] }: FileChange, workDir: string): Risk[] {
  const places = { workDir, folders: [workDir] };
  const paths = [path, ...leadsTo];
  const found = [
    ...paths.flatMap((one) => writtenRisks(one, places)),
    ...secretsWritten(paths, workDir),
    ...leadsTo.map(written),
    writing(status),
  ];
  return ranked(withReach(found, paths, places));
}

function secretsWritten(paths: readonly string[], workDir: string): Risk[] {
  const [first] = secretsOf(paths, { workDir, cwd: workDir });
  if (first === undefined) return [];
  const why = `It writes ${preview(first.word, 200)}, and files of that name keep secrets.`;
  return [risk("writes", "high", `changes ${first.holds}`, why)];
}

const written = (path: string): Risk =>
  risk(
    "writes",
    "medium",
    "writes to another file than it names",
    `What is written is ${preview(path, 200)}.`,
  );

/**
 * A grant for every change covers what is plainly a file of the work folder: none that some program obeys later, which
 * may run code, and none elsewhere.
 */
export const rememberFileChange = (change: FileChange, workDir: string): Remember =>
  fileChangeRisks(change, workDir).every(({ kind, level }) => kind === "writes" && level !== "high")
    ? "wide"
    : "narrow";

function writing(status: Diff["status"]): Risk {
  switch (status) {
    case "created":
      return risk("writes", "low", "creates a file", "Nothing that exists is changed.");
    case "changed":
      return risk("writes", "low", "changes a file", "Only the lines shown are changed.");
    case "overwritten":
      return risk("writes", "medium", "replaces a whole file", "What was in it before is gone.");
  }
}
