import { relative } from "node:path";
import type { Risk } from "../contract.ts";
import type { Judged } from "../command/judged.ts";
import type { Leads } from "../surroundings.ts";
import { preview } from "../../../contract/visible-text.ts";
import { isInside, secretsOf } from "./paths.ts";
import type { NamedSecret } from "./paths.ts";
import { risk } from "./risk.ts";
import { patternMayMeanSecret, secretsAt, secretsAtPlace } from "./secrets.ts";

interface Places {
  readonly workDir: string;
  readonly folders: readonly string[];
  readonly leads?: Leads | undefined;
}

/** Secrets that a command gets at: by the words, by where links lead, and by reading all that is in a folder. */
export function secretRisks(judged: Judged, { workDir, folders, leads }: Places): Risk[] {
  const named = without(judged.words, judged.texts);
  const real = named.flatMap((word) => leads?.real(word) ?? []);
  const found = folders.flatMap((cwd) => secretsOf([...named, ...real], { workDir, cwd }));
  if (found.length > 0) return touches(found, judged);
  if (leads?.isPart === true && real.length === 0) return [tooMany];
  return [
    ...without(judged.below, judged.texts).flatMap((place) => readsBelow(place, judged, { workDir, leads })),
    ...readsTracked(judged, leads),
  ];
}

/** Secrets that are in none of its words, which it leads to as things are now. */
export function secretsLedTo(judged: Judged, { workDir, folders, leads }: Places): readonly string[] {
  const named = without(judged.words, judged.texts);
  const real = named.flatMap((word) => leads?.real(word) ?? []);
  const linked = folders.flatMap((cwd) => secretsOf(real, { workDir, cwd }).map(({ word }) => word));
  const below = judged.below.flatMap((place) => leads?.below(place) ?? []);
  const printed = judged.printed.flatMap((what) => leads?.printed(what) ?? []);
  return [...new Set([...linked, ...below, ...printed])].toSorted();
}

/** What git prints of files that nobody named. */
function readsTracked(judged: Judged, leads: Leads | undefined): Risk[] {
  const found = judged.printed.map((what) => leads?.printed(what) ?? null);
  const secrets = found.flatMap((paths) => paths ?? []);
  if (secrets.length > 0)
    return touches(
      secrets.map((word) => ({ word, holds: secretsAt(word) ?? "passwords and tokens of a project" })),
      judged,
    );
  return found.includes(null) ? [printsUnknown] : [];
}

const printsUnknown = risk(
  "reads",
  "medium",
  "prints what git keeps",
  "Files with secrets may be among it; Gatehouse could not look through all of it.",
);

const tooMany = risk(
  "unknown",
  "medium",
  "names more than Gatehouse looks at",
  "Some of what it names may be a link to something else.",
);

/** As often as it stands in both, a word may be the text: `grep .env .env`. */
function without(words: readonly string[], texts: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const text of texts) left.set(text, (left.get(text) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count === 0;
  });
}

function touches(found: readonly NamedSecret[], { risks }: Judged): Risk[] {
  const what = [...new Set(found.map(({ holds }) => holds))].slice(0, 3).join("; ");
  const files = preview([...new Set(found.map(({ word }) => word))].slice(0, 3).join(", "), 200);
  const isSent = risks.some(({ kind, level }) => kind === "network" && level !== "low");
  const does = isSent ? "can send" : "touches";
  return [
    risk(
      isSent ? "network" : "reads",
      "high",
      `${does} ${what}`,
      `It reads ${files}, and files of that name keep secrets.`,
    ),
  ];
}

/** A folder that somebody looked through has what was found there; of any other nobody knows. */
function readsBelow(place: string, judged: Judged, { workDir, leads }: Omit<Places, "folders">): Risk[] {
  const isPattern = /[*?[]/.test(place);
  if (isPattern && !patternMayMeanSecret(place)) return [];
  const found = leads?.below(place) ?? null;
  if (found === null) {
    return [
      risk(
        "reads",
        "medium",
        "reads every file it finds",
        "Files with secrets may be among them; Gatehouse did not look through all of them.",
      ),
    ];
  }
  const secrets = found.map((word) => ({
    word: isInside(workDir, word) ? relative(workDir, word) : word,
    holds: secretsAt(relative(workDir, word)) ?? secretsAtPlace(word) ?? "files of Gatehouse itself",
  }));
  return secrets.length === 0 ? [] : touches(secrets, judged);
}
