import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { call, createGlue } from "../fixtures/glue.ts";
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

test("memory that is free goes back to the system, also what threads have freed", async ({ start }) => {
  test.skip(process.platform !== "linux");
  const environ = ({ pid }: { readonly pid: number }) =>
    readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  const settings = ["MALLOC_ARENA_MAX=1", "MALLOC_TRIM_THRESHOLD_=1048576"];
  const daemon = await start({ settings: { coding: { allow_binaries: ["printenv"] } } });
  expect(environ(daemon)).toEqual(expect.arrayContaining(settings));
  // The process is the one that was started, and what it starts has nothing of that.
  const glue = createGlue(daemon.api);
  const asked = await glue.runUntilAsked("s", call("shell_exec", { argv: ["printenv"] }));
  const ended = JSON.stringify(await glue.answer(asked, { allow: true }));
  expect(ended).toContain("PATH=");
  expect(ended).not.toContain("MALLOC_");
});

test("who has settings for memory keeps them", async ({ start }) => {
  test.skip(process.platform !== "linux");
  const { pid } = await start({ environment: { MALLOC_ARENA_MAX: "3" } });
  const environ = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  expect(environ.filter((line) => line.startsWith("MALLOC_"))).toEqual(["MALLOC_ARENA_MAX=3"]);
});
