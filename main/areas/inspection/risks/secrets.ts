import { homedir } from "node:os";
import { relative } from "node:path";
import { nameList, rememberingPaths, spellingsOf } from "../knowledge/name-list.ts";
import { harmlessSamples, secretFiles } from "../knowledge/secret-files.ts";

const list = nameList(
  secretFiles.map(({ names, holds }) => ({ names, value: holds })),
  { isForFolders: true },
);
const harmless = new Set(harmlessSamples.split(" "));

const isSample = (parts: readonly string[]): boolean => harmless.has(parts.at(-1) ?? "");

/** What a file or folder of the work folder, or one above it in there, keeps; null if it is none of the list. */
export const secretsAt = rememberingPaths((path): string | null => {
  for (const parts of spellingsOf(path)) {
    const found = isSample(parts) ? list.find(parts.slice(0, -1)) : list.find(parts);
    if (found !== null) return found;
  }
  return null;
});

/** The same for a full path. On the way to the last name, folders count only right in the home folder, or several. */
export function secretsAtPlace(full: string, home = homedir()): string | null {
  const [ofHome = ""] = relative(home, full).split(/[\\/]/);
  const atHome = /^\.(?!\.)/.test(ofHome) ? secretsAt(ofHome) : null;
  return atHome ?? secretsAnywhere(full);
}

const secretsAnywhere = rememberingPaths((full): string | null => {
  for (const parts of spellingsOf(full)) {
    const found = isSample(parts) ? null : list.find(parts, parts.length - 1);
    if (found !== null) return found;
  }
  return null;
});

/** The list itself. */
export const secretPatterns: readonly string[] = secretFiles.flatMap(({ names }) => names.split(" "));

/** Files of each single name on the list, to see whether a pattern of the shell could mean one. */
const samples: readonly string[] = secretPatterns.flatMap((name) =>
  name.includes("/") ? [] : [name.replaceAll("*", ""), name.replaceAll("*", "x")],
);

/** Whether a pattern of the shell, such as `*` or `.e??`, may stand for a file on the list. */
export function patternMayMeanSecret(pattern: string): boolean {
  const name = pattern.slice(pattern.lastIndexOf("/") + 1);
  const source = name.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replace(/[*?]+/g, ".*");
  const expression = new RegExp(`^${source}$`, "i");
  return name.split("*").length > 6 || samples.some((sample) => expression.test(sample));
}
