import { relative, resolve } from "node:path";
import type { Risk } from "../contract.ts";
import { looksOnly } from "../knowledge/effects.ts";
import { preview } from "../../../contract/visible-text.ts";
import { obeyedRisks } from "./obeyed.ts";
import { reachOf } from "./paths.ts";
import { raised, risk } from "./risk.ts";

export interface Places {
  readonly workDir: string;
  /** Where it may act: the folder in which it starts, and those that it changes to. */
  readonly folders: readonly string[];
}

/** That one part of it reads only is no news beside what the others do. */
export const saysMore = ({ text }: Risk): boolean => text !== looksOnly.text;

/** What matters is where a path leads from each folder it may start in, and how it is spelled. */
export function writtenRisks(path: string, { workDir, folders }: Places): Risk[] {
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
export function withReach(
  risks: readonly Risk[],
  words: readonly string[],
  { workDir, folders }: Places,
): Risk[] {
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
