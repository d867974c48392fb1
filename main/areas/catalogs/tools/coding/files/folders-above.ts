import { dirname } from "node:path";
import { isInside } from "./private-places.ts";

/** A folder and those around it, up to the workspace. */
export function foldersAbove(folder: string, workspace: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; isInside(workspace, at); at = dirname(at)) {
    folders.push(at);
    if (at === workspace) break;
  }
  return folders;
}
