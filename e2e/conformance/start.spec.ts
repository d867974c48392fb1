import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createGlue } from "../fixtures/glue.ts";
import { expect, test } from "../fixtures/test.ts";

const preload = fileURLToPath(new URL("../fixtures/loaded/preload.cjs", import.meta.url));

test("what is dear and of no use to a daemon is not loaded by it", async ({ start, place }) => {
  const file = join(dirname(place.home), "loaded.json");
  const environment = { NODE_OPTIONS: `--require ${preload}`, LOADED_FILE: file };
  const daemon = await start({ environment });
  await createGlue(daemon.api).run("s", "hello");
  await daemon.stop();
  const { parts, formatters } = JSON.parse(readFileSync(file, "utf8")) as Record<string, string[]>;
  expect(parts).toContain("http");
  // TLS brings its certificates, HTTP/2 and fetch a few MB each, the formatters the tables of all languages.
  for (const part of ["tls", "https", "http2", "inspector", "repl", "vm"]) expect(parts).not.toContain(part);
  expect(formatters).toEqual([]);
});
