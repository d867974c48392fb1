import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** Who may import whom. People read it in style order; this test is what holds it. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly to: string; readonly typeOnly: boolean }[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;"']*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g;

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|tsx)$/.test(file))
    .map((file) => {
      const path = posix.join(folder, file.replaceAll("\\", "/"));
      const text = readFileSync(join(root, path), "utf8");
      const imports = [...text.matchAll(IMPORT)].map((match) => ({
        to: resolved(path, match[2] ?? match[3] ?? ""),
        typeOnly: match[1] !== undefined,
      }));
      return { path, text, imports };
    });
}

function resolved(from: string, target: string): string {
  if (!target.startsWith(".")) return target;
  return relative(root, resolve(root, dirname(from), target)).replaceAll("\\", "/");
}

const all = ["main", "preload", "renderer", "e2e"].flatMap(sources);
const isTest = (path: string) =>
  /\.test\.tsx?$|\/testing\/|^e2e\/|^main\/(testing|bench|tooling)\//.test(path);
const product = all.filter(({ path }) => !isTest(path));

const isContract = (path: string) =>
  /^main\/contract\/|^main\/.*\/contract(s)?\.ts$|^preload\/contract\.ts$/.test(path);
const isOwn = (path: string) => /^(main|preload|renderer|e2e)\//.test(path);
const area = (path: string) => /^main\/areas\/((?:catalogs\/)?[^/]+)\//.exec(path)?.[1];

/** Folders in which only these may be imported; `types` are allowed as type imports. */
const RULES: readonly {
  readonly of: RegExp;
  readonly may: readonly RegExp[];
  readonly types?: readonly RegExp[];
}[] = [
  { of: /^main\/contract\//, may: [/^main\/contract\//] },
  { of: /^main\/areas\/.*contracts?\.ts$/, may: [/^main\/contract\//, /^main\/areas\/.*contract\.ts$/] },
  { of: /^main\/kernel\//, may: [/^main\/(contract|kernel)\//] },
  { of: /^main\/transport\//, may: [/^main\/(contract|kernel|transport)\//] },
  {
    of: /^main\/adapters\//,
    may: [/^main\/(kernel|contract|adapters)\//, /contract\.ts$/, /^main\/areas\/runs\/model\.ts$/],
    types: [/^main\/areas\/settings\/providers\.ts$/],
  },
  {
    of: /^main\/surfaces\//,
    may: [/^main\/(contract|kernel|transport|surfaces)\//, /contracts?\.ts$/],
    types: [/^main\/areas\/(.*\/(service|event-log|tool)|index)\.ts$/],
  },
  {
    of: /^main\/desktop\//,
    may: [
      /^main\/(contract|kernel|desktop)\//,
      /contracts?\.ts$/,
      /^main\/areas\/notifications\//,
      /^preload\/contract\.ts$/,
    ],
    types: [/^main\/areas\//],
  },
  { of: /^preload\//, may: [/^preload\//, /contracts?\.ts$/, /^main\/contract\//] },
  {
    of: /^renderer\//,
    may: [/^renderer\//, /^main\/.*contracts?\.ts$/, /^main\/contract\//, /^preload\/contract\.ts$/],
  },
  { of: /^renderer\/ui\//, may: [/^renderer\/ui\//], types: [/contract\.ts$/] },
  {
    of: /^renderer\/client\//,
    may: [/^renderer\/client\//],
    types: [/contract\.ts$/, /^main\/contract\//],
  },
  { of: /^renderer\/page\//, may: [/^renderer\/(page|client|ui)\//], types: [/contract\.ts$/] },
  {
    of: /^renderer\/areas\//,
    may: [/^renderer\/(areas|page|client|ui)\//],
    // Contracts are schemas as well, and those do not belong in a page.
    types: [/contract\.ts$/, /^main\/contract\//],
  },
  {
    of: /^renderer\/app\//,
    may: [/^renderer\/(app|page|client|ui)\//, /^renderer\/areas\/index\.ts$/],
    types: [/contract\.ts$/],
  },
  {
    of: /^renderer\/popup\//,
    may: [/^renderer\/(popup|page|client|ui)\//, /^renderer\/areas\/waiting\.ts$/],
    types: [/contract\.ts$/, /^main\/contract\//, /^renderer\/areas\/waiting-kind\.ts$/],
  },
];

describe("layers", () => {
  it("finds the sources", () => {
    expect(product.length).toBeGreaterThan(50);
    expect(product.some(({ imports }) => imports.length > 5)).toBe(true);
  });

  it.each(RULES)("holds what $of may import", ({ of, may, types = [] }) => {
    const wrong = product
      .filter(({ path }) => of.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ to }) => isOwn(to))
          .filter(({ to, typeOnly }) => ![...may, ...(typeOnly ? types : [])].some((rule) => rule.test(to)))
          .map(({ to }) => `${path} imports ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  it("keeps areas apart: another area is reached by contract or by an argument", () => {
    const SHARED = [
      /^main\/areas\/catalogs\/tools\/tool\.ts$/,
      /^main\/areas\/permissions\/gate\.ts$/,
      /^main\/areas\/inspection\//,
      /^main\/areas\/runs\/loop\/ports\.ts$/,
    ];
    const wrong = product.flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => area(path) !== undefined && area(to) !== undefined && area(to) !== area(path))
        .filter(({ to }) => !isContract(to) && !SHARED.some((rule) => rule.test(to)))
        .filter(({ to, typeOnly }) => !(typeOnly && /\/(service|store|providers)\.ts$/.test(to)))
        .filter(({ to }) => !(path.includes("/commands/") && to.includes("/commands/")))
        .map(({ to }) => `${path} imports ${to}`),
    );
    expect(wrong).toEqual([]);
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
    const statements = product.filter(({ text }) => /\.prepare[<(]/.test(text));
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
