import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const LARGEST_INSTRUCTIONS_BYTES = 64 * 1024;

/** What every model is told first: where it is, how refusals reach it, and the workspace's own AGENTS.md. */
export function createSystemPrompt(): (workspace: string) => string {
  const cached = new Map<string, { readonly stamp: number; readonly text: string }>();

  const instructions = (workspace: string): string => {
    const file = join(workspace, "AGENTS.md");
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile() || found.size > LARGEST_INSTRUCTIONS_BYTES) return "";
    const known = cached.get(file);
    if (known?.stamp === found.mtimeMs) return known.text;
    const text = readFileSync(file, "utf8").trim();
    cached.set(file, { stamp: found.mtimeMs, text });
    return text;
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
