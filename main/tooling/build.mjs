// Builds dist/ from the sources: `node main/tooling/build.mjs [--watch]`. Runs on the project's own Node.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { build as buildPages } from "vite";
import { writeThirdPartyNotices } from "./notices.mjs";
import { rehearse } from "./rehearse.mjs";
import { forgetBuild, rememberBuild, sourceFingerprint } from "./setup/build-stamp.mjs";
import { root } from "./setup/places.mjs";
import { say } from "./setup/progress.mjs";
import { buildSupervisor } from "./setup/supervisor.mjs";

// better-sqlite3 and node-notifier carry binaries which they look for beside their own files.
const external = ["electron", "better-sqlite3", "node-notifier", "playwright"];

// Loaded when a model is first called, and too large to be parsed by every start.
const modelClients = { openai: "openai.cjs", "@anthropic-ai/sdk": "anthropic.cjs" };

const apart = {
  name: "apart",
  setup: (bundle) =>
    bundle.onResolve({ filter: /^(openai|@anthropic-ai\/sdk)$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: `./${modelClients[path]}`, external: true } : undefined,
    ),
};

// What the server never speaks. Node's parts for it would be loaded by every start and stay: 6 MB, and with TLS all
// certificates that come with it.
const unspoken = {
  name: "unspoken",
  setup(bundle) {
    bundle.onResolve({ filter: /^node:http(s|2)$/ }, ({ importer }) =>
      importer.endsWith(join("fastify", "lib", "server.js"))
        ? { path: "none", namespace: "unspoken" }
        : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: "unspoken" }, () => ({ contents: "module.exports = {};" }));
  },
};

const bundles = [
  { from: "main/index.ts", to: "dist/main/index.cjs" },
  { from: "main/start-headless.ts", to: "dist/main/headless.cjs" },
  { from: "main/headless.ts", to: "dist/main/headless-daemon.cjs" },
  { from: "main/kernel/reader-worker.ts", to: "dist/main/reader-worker.cjs" },
  {
    from: "main/areas/catalogs/tools/coding/aside/text-worker.ts",
    to: "dist/main/text-worker.cjs",
  },
  { from: "main/kernel/backup-worker.ts", to: "dist/main/backup-worker.cjs" },
  { from: "main/areas/recall/worker.ts", to: "dist/main/recall-worker.cjs" },
  { from: "main/cli.ts", to: "dist/main/cli.cjs" },
  { from: "main/bench/index.ts", to: "dist/main/bench.cjs" },
  { from: "main/bench/floor.ts", to: "dist/main/bench-floor.cjs" },
  { from: "main/bench/load.ts", to: "dist/main/bench-load.cjs" },
  ...Object.entries(modelClients).map(([name, to]) => ({ client: name, to: `dist/main/${to}` })),
  { from: "preload/main-window.ts", to: "dist/preload/main-window.cjs" },
  { from: "preload/popup.ts", to: "dist/preload/popup.cjs" },
];

function bundleOptions({ from, client, to }) {
  const isPreload = from?.startsWith("preload/") ?? false;
  return {
    absWorkingDir: root,
    ...(client === undefined
      ? { entryPoints: [from] }
      : { stdin: { contents: `export * from ${JSON.stringify(client)};`, resolveDir: root } }),
    plugins: [apart, unspoken],
    outfile: to,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    // Its other form can't be bundled: it hides its parts from the bundler.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    // A sandboxed preload script can require electron and nothing else.
    external: isPreload ? ["electron"] : external,
    define: {
      "import.meta.url": "bundleUrl",
      "import.meta.dirname": "__dirname",
      "import.meta.filename": "__filename",
    },
    banner: isPreload ? {} : { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    // A program's text stays in memory for as long as it runs, with two bytes for each character if one of them is
    // no ASCII. Names are kept, so that a stack trace can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 200,
    metafile: true,
    logLevel: "warning",
  };
}

const existing = () => bundles.filter(({ from }) => from === undefined || existsSync(join(root, from)));
const hasPages = () => existsSync(join(root, "renderer/index.html"));
const pagesConfig = { configFile: join(root, "renderer/vite.config.ts"), logLevel: "warn" };

async function copyResources() {
  const target = join(root, "dist/resources");
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  if (!existsSync(join(root, "resources"))) return;
  // The README's pictures are for readers of the source.
  const filter = (path) => !path.startsWith(join(root, "resources/pictures"));
  await cp(join(root, "resources"), target, { recursive: true, filter });
}

/**
 * The bundler writes strings in ASCII but leaves patterns as they are, in which such an escape means the same. Comments
 * and raw texts, where it would not, are gone by then.
 */
async function writeInAscii(file) {
  const text = await readFile(file, "utf8");
  const escaped = text.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (escaped !== text) await writeFile(file, escaped);
}

/** Files that went into a set of vite outputs, without the marks that plugins put around their ids. */
function inputsOfPages(outputs) {
  const chunks = outputs.flatMap((output) => output.output).filter((file) => file.type === "chunk");
  return chunks
    .flatMap((chunk) => Object.keys(chunk.modules))
    .map((id) => id.replace(/^\0/, "").replace(/\?.*$/, ""));
}

async function build() {
  const fingerprint = sourceFingerprint();
  await forgetBuild();
  const [pages, ...results] = await Promise.all([
    hasPages() ? buildPages(pagesConfig) : [],
    ...existing().map((bundle) => esbuild.build(bundleOptions(bundle))),
    copyResources(),
    buildSupervisor(),
  ]);
  await Promise.all(existing().map(({ to }) => writeInAscii(join(root, to))));
  const bundled = results.flatMap((result) => Object.keys(result?.metafile?.inputs ?? {}));
  await writeThirdPartyNotices(
    [...inputsOfPages([pages].flat()), ...bundled.map((path) => join(root, path))],
    external,
  );
  // Compiled code of the programs as they were.
  await rm(join(root, "dist/compiled"), { recursive: true, force: true });
  await rehearse();
  await rememberBuild(fingerprint);
}

/**
 * Rebuilds what changes until the process ends.
 * @param {(part: "main" | "pages") => void} onBuilt called after every successful build of a part, also the first
 */
export async function watchSources(onBuilt) {
  await forgetBuild();
  await Promise.all([copyResources(), buildSupervisor()]);
  const reporter = {
    name: "report",
    setup: (bundle) => bundle.onEnd((result) => void (result.errors.length === 0 && onBuilt("main"))),
  };
  for (const bundle of existing()) {
    const context = await esbuild.context({ ...bundleOptions(bundle), plugins: [apart, unspoken, reporter] });
    await context.watch();
  }
  if (existsSync(join(root, "resources"))) {
    watch(
      join(root, "resources"),
      { recursive: true },
      () => void copyResources().then(() => onBuilt("main")),
    );
  }
  if (!hasPages()) return;
  const watcher = await buildPages({ ...pagesConfig, build: { watch: {} } });
  watcher.on("event", (event) => {
    if (event.code === "END") onBuilt("pages");
    if (event.code === "ERROR") say(event.error.message);
    if (event.code === "BUNDLE_END") void event.result.close();
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (process.argv.includes("--watch")) {
    await watchSources((part) => say(`Built ${part}`));
  } else {
    // Both bundlers have printed what is wrong and where; a stack trace of ours would only hide it.
    await build().catch((error) => {
      if (!error.errors) say(error.message ?? error);
      process.exitCode = 1;
    });
  }
}
