import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { baseName } from "../../../../inspection/command/program-name.ts";
import { isPlainAwk } from "../../../../inspection/knowledge/plain-scripts.ts";
import { needsOf } from "../../../../inspection/reach/needs.ts";
import type { Need } from "../../../../inspection/reach/needs.ts";
import { linesOf } from "../../../../inspection/reach/package-scripts.ts";
import { judgeShell } from "../../../../inspection/shell/judge-shell.ts";
import type { Reach } from "../../../../inspection/surroundings.ts";
import { isInside } from "../files/private-places.ts";
import { createCollector } from "./collector.ts";
import type { Collector } from "./collector.ts";
import { runsNoHooks } from "./hooks.ts";
import { javascriptReach } from "./javascript.ts";
import { pythonReach } from "./python.ts";

const MAX_DEPTH = 6;

/**
 * Follows what a command runs besides its words: the content of scripts, what these import, lines of package.json. All
 * of it is bound, so that a permission ends when any of it changes. Where that can't be all, the reach is not whole.
 */
export async function reachOf(needs: readonly Need[], folder: string, workspace: string): Promise<Reach> {
  const found = createCollector(workspace);
  await follow(needs, folder, found, 0);
  return { bound: found.bound(), lines: found.lines(), isWhole: !found.isOpen() };
}

async function follow(
  needs: readonly Need[],
  folder: string,
  found: Collector,
  depth: number,
): Promise<void> {
  for (const need of needs) {
    if (depth > MAX_DEPTH) return found.leaveOpen();
    switch (need.kind) {
      case "script":
        await script(resolve(folder, need.path), need.by, folder, found, depth);
        break;
      case "package_script":
        await packageScript(need.name, folder, found, depth);
        break;
      case "hooks":
        if (!runsNoHooks(folder)) found.leaveOpen();
        break;
      case "project":
        found.leaveOpen();
        break;
    }
  }
}

async function script(
  path: string,
  by: string,
  folder: string,
  found: Collector,
  depth: number,
): Promise<void> {
  const location = found.find(path);
  const file = location === null ? null : await found.file(path);
  if (location === null || file === null) return found.leaveOpen();
  const interpreter = interpreterOf(by, file.text);
  switch (interpreter) {
    case "bash":
    case "sh":
      return shellText(file.text, interpreter === "sh", folder, found, depth);
    case "javascript":
      return javascriptReach(location.real, file.text, found);
    case "python":
      return pythonReach(location.real, file.text, found);
    case "awk":
      return isPlainAwk(file.text) ? undefined : found.leaveOpen();
    case "jq":
      return /\b(import|include)\b/.test(file.text) ? found.leaveOpen() : undefined;
    case null:
      return found.leaveOpen();
  }
}

type Interpreter = "bash" | "sh" | "javascript" | "python" | "awk" | "jq";

/** Null: what such a script leads to is not known here. */
function interpreterOf(by: string, text: string): Interpreter | null {
  const named = by === "" ? /^#!\s*(?:\/usr\/bin\/env\s+)?(\S+)[ \t]*\r?\n/.exec(text)?.[1] : by;
  const name = baseName(named ?? "").replace(/[\d.]+$/, "");
  if (/^(sh|dash|ash)$/.test(name)) return "sh";
  // What sources it is a shell that nobody named: it must read the same in all of them.
  if (name === "source" || by === ".") return "sh";
  if (name === "bash") return "bash";
  if (/^(node|nodejs)$/.test(name)) return "javascript";
  if (/^(python|pypy)$/.test(name)) return "python";
  if (/^[gmn]?awk$/.test(name)) return "awk";
  return name === "jq" ? "jq" : null;
}

/** Everything in it must be known, and what it starts is followed in its turn. */
async function shellText(
  text: string,
  isPosix: boolean,
  folder: string,
  found: Collector,
  depth: number,
): Promise<void> {
  const judged = judgeShell(text, folder, { isPosix });
  if (!judged.known || judged.once) return found.leaveOpen();
  await follow(needsOf(judged), folder, found, depth + 1);
}

/** Npm takes the nearest package.json, and looks for programs in the packages first. */
async function packageScript(name: string, folder: string, found: Collector, depth: number): Promise<void> {
  const place = foldersAbove(folder, found.workspace).find(
    (at) => found.find(join(at, "package.json")) !== null,
  );
  const settings = place === undefined ? null : await textOf(join(place, "package.json"), found);
  const lines = settings === null ? null : linesOf(settings, name);
  if (place === undefined || lines === null) return found.leaveOpen();
  // Its settings can name another shell, and options for Node.
  if (foldersAbove(place, found.workspace).some((at) => existsSync(join(at, ".npmrc")))) found.leaveOpen();
  for (const [script, line] of lines) {
    found.part(join(place, "package.json"), script, line);
    const judged = judgeShell(line, place, { isPosix: true });
    const isReplaced = judged.programs.some((program) => isInPackages(program, place, found.workspace));
    if (!judged.known || judged.once || isReplaced) found.leaveOpen();
    else await follow(needsOf(judged), place, found, depth + 1);
  }
}

/** Only the lines are bound: the rest of the file has no say in what they run. */
async function textOf(path: string, found: Collector): Promise<string | null> {
  const own = createCollector(found.workspace);
  return (await own.file(path))?.text ?? null;
}

const isInPackages = (program: string, place: string, workspace: string): boolean =>
  foldersAbove(place, workspace).some((at) => existsSync(join(at, "node_modules", ".bin", program)));

function foldersAbove(folder: string, workspace: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; isInside(workspace, at); at = dirname(at)) {
    folders.push(at);
    if (at === workspace) break;
  }
  return folders;
}
