import * as nodeModule from "node:module";
import { join } from "node:path";
import { buildWhenStale } from "./build-when-stale.mjs";
import { dependencies } from "./dependencies.mjs";
import { projectNode, root } from "./places.mjs";
import { runInFront } from "./run.mjs";

const isNewEnough = Number.parseInt(process.versions.node, 10) >= 24;

/**
 * Runs one of the built programs on the project's Node, as if it had been called itself.
 * @param {string} name of the file in dist/main
 * @param {string[]} args
 */
export async function runBundle(name, args) {
  await dependencies();
  await buildWhenStale();
  const file = join(root, "dist/main", name);
  if (!isNewEnough) return runInFront(projectNode, [...process.execArgv, file, ...args]);
  // npm has started us on the project's Node already. No second process: it is quicker, and signals arrive by themselves.
  process.argv.splice(1, Infinity, file, ...args);
  nodeModule.enableCompileCache?.(join(root, "dist/compiled"));
  nodeModule.createRequire(import.meta.url)(file);
  return undefined;
}
