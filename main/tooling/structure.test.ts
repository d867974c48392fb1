import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readSources } from "./directions/sources.ts";

const root = resolve(import.meta.dirname, "../..");
const all = readSources(root);
const isTest = (path: string) =>
  /\.test\.tsx?$|\/testing\/|^e2e\/|^main\/(testing|bench|tooling)\//.test(path);
const product = all.filter(({ path }) => !isTest(path));

describe("the structure of the code", () => {
  it("finds the sources", () => {
    expect(product.length).toBeGreaterThan(50);
    expect(product.some(({ imports }) => imports.length > 5)).toBe(true);
  });

  it("lets only the desktop and the preloads see Electron, and only stores see SQL", () => {
    const electron = product.filter(({ imports }) => imports.some(({ to }) => to === "electron"));
    expect(
      electron
        .map(({ path }) => path)
        .filter((path) => !/^(main\/desktop\/|main\/index\.ts|preload\/)/.test(path)),
    ).toEqual([]);
    const sqlite = product.filter(({ imports }) => imports.some(({ to }) => to === "better-sqlite3"));
    expect(sqlite.map(({ path }) => path)).toEqual(["main/kernel/sqlite.ts"]);
    const statements = product.filter(({ text }) => /\.(prepare|statement)[<(]/.test(text));
    expect(
      statements
        .map(({ path }) => path)
        .filter((path) => !/\/store(\/.*)?\.ts$|^main\/kernel\/|checks\/database\.ts$/.test(path)),
    ).toEqual([]);
  });

  it("uses the raw bridge between processes only in its two ends", () => {
    const raw = product.filter(({ text }) => /\bipc(Main|Renderer)\b/.test(text)).map(({ path }) => path);
    expect(raw.filter((path) => !/^(main\/desktop\/ipc|preload\/bridge\.ts)/.test(path))).toEqual([]);
  });

  it("has no way around the rules", () => {
    // Spelled so that this file does not find itself.
    const escape = /(?:eslint|oxlint)-[d]isable|@ts-(?:[i]gnore|[n]ocheck)/;
    const escapes = all.filter(({ text }) => escape.test(text));
    expect(escapes.map(({ path }) => path)).toEqual([]);
  });

  it("keeps every file within its budget", () => {
    const long = all.filter(({ text }) => text.split("\n").length > 400);
    expect(long.map(({ path, text }) => `${path}: ${text.split("\n").length} lines`)).toEqual([]);
  });

  it("has no folder or file without a noun", () => {
    const nameless = all.filter(({ path }) =>
      /(^|\/)(utils?|helpers?|common|shared|manager|misc)(\.tsx?$|\/)/.test(path),
    );
    expect(nameless.map(({ path }) => path)).toEqual([]);
  });
});
