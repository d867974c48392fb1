import { accessSync, constants } from "node:fs";
import { fileURLToPath } from "node:url";

/** Seen from a bundle, and from this source. */
const way = import.meta.url.endsWith(".ts") ? "../../../dist/native/supervisor" : "../native/supervisor";

/** The built supervisor; null where there is none: on other systems, or because there was no compiler. */
export function builtSupervisor(): string | null {
  found ??= { path: find() };
  return found.path;
}

/** Looked up once. If it goes away later, commands fail; they are not run with less. */
let found: { readonly path: string | null } | null = null;

function find(): string | null {
  if (process.platform !== "linux") return null;
  // Programs can't be started from within an archive.
  const path = fileURLToPath(new URL(way, import.meta.url)).replace(/\bapp\.asar\b/, "app.asar.unpacked");
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}
