import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Every module that comes with this entry; what is imported as a type only does not. */
function reached(entry: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const visit = (path: string) => {
    if (texts.has(path)) return;
    const text = readFileSync(path, "utf8");
    texts.set(path, text);
    for (const [, specifier] of text.matchAll(
      /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+\.tsx?)";/gms,
    )) {
      if (specifier !== undefined) visit(resolve(dirname(path), specifier));
    }
  };
  visit(join(root, entry));
  return texts;
}

/** Modules that make a client for this page alone. */
const clientsFor = (page: "window" | "popup", entry: string) =>
  [...reached(entry)].filter(([, text]) => text.includes(`, "${page}">(`)).map(([path]) => path);

test("no module of the popup has a client for the window, and none of the window one for the popup", () => {
  expect(clientsFor("window", "popup.tsx")).toEqual([]);
  expect(clientsFor("popup", "main.tsx")).toEqual([]);
});

test("each page's own clients are found", () => {
  expect(clientsFor("window", "main.tsx").length).toBeGreaterThan(4);
  expect(clientsFor("popup", "popup.tsx").length).toBeGreaterThan(0);
});
