import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { baseName } from "../../../../inspection/command/program-name.ts";
import { isPlainAwk } from "../../../../inspection/knowledge/plain-scripts.ts";
import { unpacks } from "../../../../inspection/knowledge/effects.ts";
import { needsOf } from "../../../../inspection/reach/needs.ts";
import type { Need } from "../../../../inspection/reach/needs.ts";
import { linesOf } from "../../../../inspection/reach/package-scripts.ts";
import { judgeShell } from "../../../../inspection/shell/judge-shell.ts";
import type { Reach } from "../../../../inspection/surroundings.ts";
import { foldersAbove } from "../files/folders-above.ts";
import { createCollector } from "./collector.ts";
import type { Collector } from "./collector.ts";
import { runsNothingOfItsOwn } from "./hooks.ts";
import { javascriptReach } from "./javascript.ts";
import { pythonReach } from "./python.ts";
import { versionReach } from "./versions.ts";
import type { Started } from "./versions.ts";

const MAX_DEPTH = 6;

/**
 * Follows what a command runs besides its words: the content of scripts, what these import, lines of package.json. All
 * of it is bound, so that a permission ends when any of it changes. Where that can't be all, the reach is not whole.
 */
export async function reachOf(
  needs: readonly Need[],
  folder: string,
  workspace: string,
  started: Started = { programs: [], searchPath: "" },
): Promise<Reach> {
  const found = createCollector(workspace);
  await versionReach(started, folder, found);
  await follow(needs, { folder, found, depth: 0, packages: [] });
  return { bound: found.bound(), lines: found.lines(), isWhole: !found.isOpen() };
}

/** Where something runs that was found on the way. */
interface Place {
  readonly folder: string;
  readonly found: Collector;
  readonly depth: number;
  /** Folders that npm puts before the search path: what is in them runs in place of the program of that name. */
  readonly packages: readonly string[];
}

async function follow(needs: readonly Need[], place: Place): Promise<void> {
  const { folder, found, depth } = place;
  for (const need of needs) {
    if (depth > MAX_DEPTH) return found.leaveOpen();
    switch (need.kind) {
      case "script":
        await script(resolve(folder, need.path), need.by, place);
        break;
      case "package_script":
        await packageScript(need.name, place);
        break;
      case "repository":
        if (need.elsewhere) return found.leaveOpen();
        for (const one of new Set([folder, ...need.folders]))
          if (!(await runsNothingOfItsOwn(one, need.few))) return found.leaveOpen();
        break;
      case "project":
        found.leaveOpen();
        break;
    }
  }
}

async function script(path: string, by: string, place: Place): Promise<void> {
  const { found } = place;
  const location = found.find(path);
  const file = location === null ? null : await found.file(path);
  if (location === null || file === null) return found.leaveOpen();
  const named = by === "" ? interpreterNamed(file.text) : by;
  if (by === "" && isInPackages(baseName(named), place.packages)) return found.leaveOpen();
  const interpreter = interpreterOf(named);
  switch (interpreter) {
    case "bash":
    case "sh":
      return shellText(file.text, interpreter === "sh", place);
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

/** What its first line says; "" if it says nothing that is known here. */
const interpreterNamed = (text: string): string =>
  /^#!\s*(?:\/usr\/bin\/env\s+)?(\S+)[ \t]*\r?\n/.exec(text)?.[1] ?? "";

type Interpreter = "bash" | "sh" | "javascript" | "python" | "awk" | "jq";

/** Null: what such a script leads to is not known here. */
function interpreterOf(by: string): Interpreter | null {
  const name = baseName(by).replace(/[\d.]+$/, "");
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
async function shellText(text: string, isPosix: boolean, place: Place): Promise<void> {
  const { folder, found, packages } = place;
  const judged = judgeShell(text, folder, { isPosix });
  if (!judged.known || judged.once) return found.leaveOpen();
  if (judged.programs.some((program) => isInPackages(program, packages))) return found.leaveOpen();
  await follow(needsOf(judged), { ...place, depth: place.depth + 1 });
  if (needsOf(judged).length === 0) return;
  // A script that is written on the way is not the one that was there.
  if (judged.risks.some(({ text: said }) => said === unpacks.text)) found.leaveOpen();
  for (const path of judged.written) found.writes(resolve(folder, path));
}

/** Npm takes the nearest package.json, and looks for programs in the packages first. */
async function packageScript(name: string, place: Place): Promise<void> {
  const { folder, found } = place;
  const at = foldersAbove(folder, found.workspace).find(
    (one) => found.find(join(one, "package.json")) !== null,
  );
  const settings = at === undefined ? null : await textOf(join(at, "package.json"), found);
  const lines = settings === null ? null : linesOf(settings, name);
  if (at === undefined || lines === null) return found.leaveOpen();
  const above = foldersAbove(at, found.workspace);
  // Its settings can name another shell, and options for Node.
  if (above.some((one) => existsSync(join(one, ".npmrc")))) found.leaveOpen();
  const packages = above.map((one) => join(one, "node_modules", ".bin"));
  // The shell that gets the lines is looked for there too.
  if (isInPackages("sh", packages)) found.leaveOpen();
  for (const [script, line] of lines) {
    found.part(join(at, "package.json"), script, line);
    await shellText(line, true, { ...place, folder: at, packages });
  }
}

/** Only the lines are bound: the rest of the file has no say in what they run. */
async function textOf(path: string, found: Collector): Promise<string | null> {
  const own = createCollector(found.workspace);
  return (await own.file(path))?.text ?? null;
}

const isInPackages = (program: string, packages: readonly string[]): boolean =>
  packages.some((folder) => existsSync(join(folder, program)));
