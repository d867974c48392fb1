// better-sqlite3 is shipped ready-built for Node-API 10, which the stand-in Electron does not have. The same source runs there
// when it is compiled against the API's experimental version, so it is: once per version, into the user's cache.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheDirectory, root } from "./places.mjs";
import { step } from "./progress.mjs";
import { captureOrFail } from "./run.mjs";
import { inWorkFolder } from "./work-folder.mjs";

const source = join(root, "node_modules/better-sqlite3");
const headers = [
  join(root, "node_modules/node-addon-api"),
  join(root, "node_modules/node/node_modules", `node-${process.platform}-${process.arch}`, "include/node"),
  join(source, "deps/sqlite3"),
];

const optimised = ["-O2", "-fPIC", "-DNDEBUG"];
const apiDefines = [
  "NAPI_VERSION=2147483647",
  "NAPI_EXPERIMENTAL",
  "NAPI_DISABLE_CPP_EXCEPTIONS",
  "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
];

const firstElectronWithNode22 = 35;

/** Only an Electron older than its Node-API 10 needs a binding of its own. */
export const needsOwnBinding = ({ version }) => Number.parseInt(version, 10) < firstElectronWithNode22;

/** The names in a gyp list of defines. */
export function definesIn(gypi) {
  return [...gypi.matchAll(/^\s*'([A-Z0-9_]+(?:=[^']*)?)',?\s*$/gm)].map((match) => match[1]);
}

const defineFlags = (names) => names.map((name) => `-D${name}`);

function compile(compiler, args) {
  return captureOrFail(compiler, args, {
    failure: "SQLite could not be compiled for the stand-in Electron.",
    advice: "A C++ compiler is needed (the package g++ on Debian and Ubuntu).",
  });
}

function compileSqlite(object) {
  const defines = definesIn(readFileSync(join(source, "deps/defines.gypi"), "utf8"));
  const flags = ["-std=c99", "-w", ...optimised, ...defineFlags(defines)];
  return compile("gcc", [...flags, "-c", join(source, "deps/sqlite3/sqlite3.c"), "-o", object]);
}

function compileAddon(object) {
  const visibility = ["-fvisibility=hidden", "-fvisibility-inlines-hidden"];
  const flags = ["-std=c++20", "-w", ...visibility, ...optimised, ...defineFlags(apiDefines)];
  const includes = headers.map((path) => `-I${path}`);
  return compile("g++", [...flags, ...includes, "-c", join(source, "src/better_sqlite3.cpp"), "-o", object]);
}

async function make(workFolder, target) {
  const objects = [join(workFolder, "addon.o"), join(workFolder, "sqlite3.o")];
  await Promise.all([compileAddon(objects[0]), compileSqlite(objects[1])]);
  const linked = join(workFolder, "better_sqlite3.node");
  // Its SQLite must not mix with one that the process has loaded already.
  const flags = ["-shared", "-Wl,-Bsymbolic", "-Wl,--exclude-libs,ALL"];
  await compile("g++", [...flags, ...objects, "-ldl", "-lpthread", "-lm", "-o", linked]);
  await mkdir(dirname(target), { recursive: true });
  await rename(linked, target);
}

/**
 * What the app must be told to find SQLite on this Electron: nothing, or where the binding made for it is.
 * @param {import("./electron-runtime.mjs").Runtime} runtime
 * @returns {Promise<Record<string, string>>}
 */
export async function sqliteForElectron(runtime) {
  if (!needsOwnBinding(runtime)) return {};
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  const target = join(
    cacheDirectory,
    `better-sqlite3-${version}-electron-${runtime.version}`,
    "better_sqlite3.node",
  );
  if (!existsSync(target))
    await step("Building SQLite for this Electron", () => inWorkFolder((folder) => make(folder, target)));
  return { GATEHOUSE_SQLITE_BINDING: target };
}
