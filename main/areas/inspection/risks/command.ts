import { relative, resolve } from "node:path";
import type { Risk } from "../contract.ts";
import type { Judged } from "../command/judged.ts";
import { baseName } from "../command/program-name.ts";
import { looksOnly } from "../knowledge/effects.ts";
import { otherRepository } from "../knowledge/git-effects.ts";
import { preview } from "../../../contract/visible-text.ts";
import { obeyedRisks } from "./file-change.ts";
import { reachOf } from "./paths.ts";
import { secretRisks } from "./secret-reads.ts";
import { raised, ranked, risk } from "./risk.ts";
import type { Leads } from "../surroundings.ts";

export interface Places {
  readonly workDir: string;
  /** Where it may run: the folder in which it starts, and those that it changes to. */
  readonly folders: readonly string[];
  /** What is known of files that the words lead to, besides what they say. */
  readonly leads?: Leads | undefined;
}

/** What a command may do, in plain words, worst first. Contract: never empty, never throws. */
export function commandRisks(judged: Judged, places: Places): Risk[] {
  const found = [
    ...secretRisks(judged, places),
    ...(judged.known ? judged.risks : withDoubt(judged.risks)),
    ...repositoryRisks(judged, places),
    ...judged.written.flatMap((path) => writtenRisks(path, places)),
  ];
  const telling = found.some(saysMore) ? found.filter(saysMore) : found;
  return ranked(withReach(telling, judged.words, places));
}

/** Who does not know every word does not know what is deleted, and calls nothing low. */
function withDoubt(risks: readonly Risk[]): readonly Risk[] {
  const doubted = risks.map((one) => (one.kind === "deletes" ? raised(one, "high") : one));
  return doubted.every(({ level }) => level === "low") ? [...doubted, notAllKnown] : doubted;
}

const notAllKnown = risk(
  "unknown",
  "medium",
  "is known only in part",
  "Some word of it is not on the list of what Gatehouse knows.",
);

/** That one part of it reads only is no news beside what the others do. */
const saysMore = ({ text }: Risk): boolean => text !== looksOnly.text;

/** A repository in a folder below may have been made by whoever asks, with settings that run programs. */
function repositoryRisks({ programs }: Judged, { workDir, folders, leads }: Places): Risk[] {
  const isElsewhere =
    (leads?.repository ?? null) !== null || folders.some((folder) => resolve(folder) !== resolve(workDir));
  return isElsewhere && programs.some((program) => baseName(program) === "git") ? [otherRepository] : [];
}

/** What matters is where a path leads from each folder it may start in, and how it is spelled. */
function writtenRisks(path: string, { workDir, folders }: Places): Risk[] {
  const full = folders.map((folder) => resolve(folder, path));
  if ([path, ...full].some((one) => /(^|[/\\])\.git([/\\]|$)/i.test(one))) {
    return [
      risk(
        "runs_code",
        "high",
        "writes into git's own folder",
        "What is written there can make git run programs.",
      ),
    ];
  }
  return [path, ...full.map((one) => relative(workDir, one))].flatMap(obeyedRisks);
}

/** What is merely read in here may matter elsewhere, and what is changed elsewhere matters more. */
function withReach(risks: readonly Risk[], words: readonly string[], { workDir, folders }: Places): Risk[] {
  // Where it runs is named beside the command, and a plain word means a file there.
  const reaches = folders.map((cwd) => reachOf([...words, cwd], { workDir, cwd }));
  const outside = [...new Set(reaches.flatMap((reach) => reach.outside))];
  const isSensitive = reaches.some(({ sensitive }) => sensitive.length > 0);
  if (outside.length === 0) return [...risks];
  const level = isSensitive ? "high" : "medium";
  const where = preview(outside.slice(0, 3).join(", "), 200);
  const changing =
    risks.find(({ kind }) => kind === "deletes") ?? risks.find(({ kind }) => kind === "writes");
  return [
    // Where it reads is said below; that it only reads is no alarm by itself.
    ...risks.map((one) => {
      if (!saysMore(one)) return one;
      return raised(one, one.kind === "writes" || one.kind === "deletes" ? "high" : level);
    }),
    isSensitive
      ? risk(changing?.kind ?? "reads", "high", "touches keys or system files", `It names ${where}.`)
      : risk(
          changing?.kind ?? "reads",
          changing === undefined ? "medium" : "high",
          REACHES_OUTSIDE,
          `It names ${where}.`,
        ),
  ];
}

export const REACHES_OUTSIDE = "reaches outside the work folder";
