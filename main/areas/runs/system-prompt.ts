import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { extname, join, sep } from "node:path";

const INSTRUCTIONS = "AGENTS.md";
const MAX_INSTRUCTIONS_BYTES = 64 * 1024;

/** What every model is told first: where it is, how refusals reach it, and the workspace's own AGENTS.md. */
export function createSystemPrompt(): (workspace: string) => string {
  const cached = new Map<string, { readonly stamp: string; readonly text: string }>();

  const instructions = (workspace: string): string => {
    const path = instructionsPath(workspace);
    if (path === null) return "";
    const file = openSync(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    try {
      const found = fstatSync(file);
      if (!found.isFile()) return "";
      if (found.size > MAX_INSTRUCTIONS_BYTES) {
        return `(${INSTRUCTIONS} is left out here: with ${found.size} bytes it is too long. Read it when you need it.)`;
      }
      const stamp = `${found.ino} ${found.size} ${found.mtimeMs}`;
      const known = cached.get(path);
      if (known?.stamp === stamp) return known.text;
      const text = readFileSync(file, "utf8").trim();
      cached.set(path, { stamp, text });
      return text;
    } finally {
      closeSync(file);
    }
  };

  return (workspace) => {
    const general = [
      `You work in the folder ${workspace} with the tools you are given. Paths are relative to it.`,
      "A person decides about calls that change something. When one is refused, its result says so:",
      "respect that, do not try to reach the same end another way, and say what you would need.",
    ].join(" ");
    const own = instructions(workspace);
    return own === "" ? general : `${general}\n\n${own}`;
  };
}

/** A link is followed to another Markdown file of the workspace, never to what a model should not get to see. */
function instructionsPath(workspace: string): string | null {
  const named = join(workspace, INSTRUCTIONS);
  let path: string;
  try {
    // Most workspaces have none, and every run asks.
    if (lstatSync(named, { throwIfNoEntry: false }) === undefined) return null;
    path = realpathSync.native(named);
  } catch {
    // A link to nowhere, or gone meanwhile.
    return null;
  }
  const isInside = path.startsWith(workspace.endsWith(sep) ? workspace : workspace + sep);
  return isInside && extname(path).toLowerCase() === ".md" ? path : null;
}
