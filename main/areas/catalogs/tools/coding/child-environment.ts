import { delimiter, isAbsolute } from "node:path";
import { isInside } from "./files/private-places.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const inherited = ["PATH", "HOME", "LANG", "TERM"];
/** Without these most programs on Windows do not even start. */
const inheritedOnWindows = ["SystemRoot", "PATHEXT", "TEMP", "TMP", "USERPROFILE"];

/**
 * What a child process gets to see: enough to find programs and its own settings, and no secrets.
 *
 * The search path loses folders that are relative or in the workspace. A program must not be replaced by a file that
 * an agent wrote.
 */
export function childEnvironment(
  own: Environment,
  workspace: string,
  names: readonly string[] = [],
): Record<string, string> {
  const wanted = [...inherited, ...(process.platform === "win32" ? inheritedOnWindows : []), ...names];
  const result: Record<string, string> = {};
  for (const name of wanted) {
    const value = own[name] ?? (name === "PATH" ? own["Path"] : undefined);
    if (value !== undefined) result[name] = value;
  }
  if (result["PATH"] !== undefined) result["PATH"] = trustedPath(result["PATH"], workspace);
  return result;
}

function trustedPath(path: string, workspace: string): string {
  const folders = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isInside(workspace, folder));
  // An empty search path would mean the current folder.
  return folders.length === 0 && process.platform !== "win32" ? "/usr/bin:/bin" : folders.join(delimiter);
}
