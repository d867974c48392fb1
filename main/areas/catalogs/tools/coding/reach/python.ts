import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { staysBeside } from "../../../../inspection/reach/python.ts";
import type { Collector } from "./collector.ts";

const importable = /\.(py|pyw|pyc|pyo|so|pyd|zip|egg|pth)$/i;
const compiled = /\.(pyc|pyo|so|pyd|zip|egg)$/i;
const beside = ["", ".py"];
const MAX_ENTRIES = 2_000;

/**
 * Beside a script stands what it imports, and what the library imports in its stead: any file of a name that somebody
 * asks for. So all of them are bound, with the folders that may be packages.
 */
export async function pythonReach(path: string, text: string, found: Collector): Promise<void> {
  const isBeside = (module: string): boolean =>
    beside.some((ending) => existsSync(join(dirname(path), module + ending)));
  if (!staysBeside(text, isBeside)) return found.leaveOpen();
  const todo = [dirname(path)];
  let seen = 0;
  for (let folder = todo.pop(); folder !== undefined; folder = todo.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null) return found.leaveOpen();
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if ((seen += 1) > MAX_ENTRIES) return found.leaveOpen();
      const full = join(folder, entry.name);
      // A link may lead to a module anywhere.
      if (entry.isSymbolicLink() && (importable.test(entry.name) || !entry.name.includes(".")))
        return found.leaveOpen();
      if (entry.isDirectory() && /^[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}\p{Pc}]*$/u.test(entry.name))
        todo.push(full);
      if (!entry.isFile() || !importable.test(entry.name) || full === path) continue;
      const file = await found.file(full);
      if (file === null) return;
      if (!compiled.test(entry.name) && !staysBeside(file.text, isBeside)) return found.leaveOpen();
    }
  }
}
