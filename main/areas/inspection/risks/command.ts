import { resolve } from "node:path";
import type { Risk } from "../contract.ts";
import type { Judged } from "../command/judged.ts";
import { baseName } from "../command/program-name.ts";
import { otherRepository } from "../knowledge/git-effects.ts";
import { secretRisks } from "./secret-reads.ts";
import { raised, ranked, risk } from "./risk.ts";
import type { Leads } from "../surroundings.ts";
import { saysMore, withReach, writtenRisks, type Places } from "./where.ts";

export interface CommandPlaces extends Places {
  /** What is known of files that the words lead to, besides what they say. */
  readonly leads?: Leads | undefined;
}

/** What a command may do, in plain words, worst first. Contract: never empty, never throws. */
export function commandRisks(judged: Judged, places: CommandPlaces): Risk[] {
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

/** A repository in a folder below may have been made by whoever asks, with settings that run programs. */
function repositoryRisks({ programs }: Judged, { workDir, folders, leads }: CommandPlaces): Risk[] {
  const isElsewhere =
    (leads?.repository ?? null) !== null || folders.some((folder) => resolve(folder) !== resolve(workDir));
  return isElsewhere && programs.some((program) => baseName(program) === "git") ? [otherRepository] : [];
}
