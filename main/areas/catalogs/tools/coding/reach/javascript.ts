import { dirname, join, resolve } from "node:path";
import { importedBy } from "../../../../inspection/reach/javascript.ts";
import { isInside } from "../files/private-places.ts";
import type { Collector } from "./collector.ts";

/** As Node tries them; the last ones are never tried, and stand here for other programs of that name. */
const endings = ["", ".js", ".json", ".node", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/** A module and all that it imports by a path. */
export async function javascriptReach(path: string, text: string, found: Collector): Promise<void> {
  await settingsAbove(dirname(path), found);
  const specifiers = importedBy(text);
  if (specifiers === null) return found.leaveOpen();
  for (const specifier of specifiers) {
    const target = moduleAt(resolve(dirname(path), specifier), found);
    if (target === null || target.endsWith(".node")) return found.leaveOpen();
    const file = await found.file(target);
    if (file === null) return;
    // What it imports in its turn is looked for beside the real file, where a link may lead elsewhere.
    if (file.real.endsWith(".node")) return found.leaveOpen();
    if (file.isNew && !file.real.endsWith(".json")) await javascriptReach(file.real, file.text, found);
  }
}

/** What comes before in this order would be taken instead, and so makes it another binding. */
function moduleAt(path: string, found: Collector): string | null {
  for (const ending of endings) if (found.find(path + ending)?.kind === "file") return path + ending;
  if (found.find(path)?.kind !== "directory" || found.find(join(path, "package.json")) !== null) return null;
  const index = endings
    .map((ending) => join(path, `index${ending}`))
    .find((one) => found.find(one)?.kind === "file");
  return index ?? null;
}

/** They say what kind of modules there are. */
async function settingsAbove(folder: string, found: Collector): Promise<void> {
  for (let at = folder; isInside(found.workspace, at); at = dirname(at)) {
    const settings = join(at, "package.json");
    if (found.find(settings)?.kind === "file") return void (await found.file(settings));
    if (at === found.workspace) return;
  }
}
