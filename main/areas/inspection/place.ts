import { homedir } from "node:os";
import { sep } from "node:path";
import { preview } from "../../contract/visible-text.ts";

/** A folder as people write it: `~/app`. */
export function shortPlace(path: string, home = homedir()): string {
  const short = path === home ? "~" : path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
  return preview(short, 80);
}
