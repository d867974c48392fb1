import { realpathSync, statSync } from "node:fs";

/**
 * The folder that a run works in, by its own name. Contract: throws in a person's words when it is not there, or is
 * another one by now.
 *
 * @param own of its session; null: the one of the settings.
 */
export function workFolder(own: string | null, usual: () => string): string {
  if (own === null) return usualFolder(usual);
  const real = folderAt(own);
  if (real === own) return own;
  throw new Error(
    real === null
      ? `The folder ${own} that this session works in is not there. Bring it back, or choose another one for the session.`
      : `The folder ${own} that this session works in leads to ${real} by now. Choose a folder for the session anew.`,
  );
}

function usualFolder(usual: () => string): string {
  try {
    return usual();
  } catch (cause) {
    throw new Error(
      "The folder that agents work in is not there. Bring it back, or choose another one in the settings.",
      { cause },
    );
  }
}

function folderAt(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? realpathSync.native(path) : null;
  } catch {
    return null;
  }
}
