import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { areaCircles, roomOf, violations } from "./check.ts";
import { rows } from "./rows.ts";
import { readSources, sourceOf, type Source } from "./sources.ts";

const root = resolve(import.meta.dirname, "../../..");
const isProduct = ({ path }: Source) =>
  !/\.test\.tsx?$|\.fixture\.ts$|\/testing\/|^e2e\/|^main\/(testing|bench|tooling)\//.test(path);
const product = readSources(root).filter(isProduct);

/** One file of each room, and the room's name. */
const rooms = [...new Map(product.map((source) => [roomOf(source.path, rows)?.name ?? "", source] as const))];

describe("the code as it is", () => {
  it("is seen whole, with its imports", () => {
    expect(product.length).toBeGreaterThan(300);
    expect(product.reduce((sum, { imports }) => sum + imports.length, 0)).toBeGreaterThan(1500);
  });

  it("imports only what the rows allow", () => {
    expect(violations(product, rows)).toEqual([]);
  });

  it("has no areas that need each other", () => {
    expect(areaCircles(product)).toEqual([]);
  });

  it("needs every row", () => {
    const used = new Set(product.map(({ path }) => roomOf(path, rows)?.row));
    expect(rows.filter((row) => !used.has(row)).map(({ room }) => room.source)).toEqual([]);
  });
});

describe("a change to a copy", () => {
  /** The source with one more import of the target, as the file itself would have to write it. */
  const importing = ({ path, text }: Source, target: string, word: "import" | "import type") => {
    const up = "../".repeat(path.split("/").length - 1);
    return sourceOf(path, `${text}\n${word} { x } from "${up}${target}";\n`);
  };
  const pairs = rooms.flatMap(([from, source]) =>
    rooms
      .filter(([to]) => !`${to}/`.startsWith(`${from}/`))
      .map(([to, target]) => ({ from, to, source, target: target.path })),
  );

  it.each(rooms)("in %s that imports what its row does not name is refused", (from, source) => {
    const { may, types = [] } = roomOf(source.path, rows)?.row ?? { may: [] };
    const others = pairs.filter((pair) => pair.from === from);
    expect(others.length).toBeGreaterThan(20);
    for (const { target } of others) {
      const mayImport = may.some((rule) => rule.test(target));
      const mayImportTypes = mayImport || types.some((rule) => rule.test(target));
      const refused = (word: "import" | "import type") =>
        violations([importing(source, target, word)], rows).some((line) => line.endsWith(target));
      expect([target, refused("import"), refused("import type")]).toEqual([
        target,
        !mayImport,
        !mayImportTypes,
      ]);
    }
  });

  it.each([
    ["main/areas/sessions/service.ts", "main/transport/http.ts"],
    ["main/areas/sessions/service.ts", "main/surfaces/glue/wire.ts"],
    ["main/areas/sessions/service.ts", "main/desktop/start.ts"],
    ["main/areas/permissions/service.ts", "main/areas/catalogs/tools/catalog.ts"],
    ["main/kernel/bus.ts", "main/areas/runs/contract.ts"],
    ["main/surfaces/glue/runs.ts", "main/areas/runs/store.ts"],
    ["main/surfaces/glue/runs.ts", "main/surfaces/native/surface.ts"],
    ["renderer/ui/Badge.tsx", "renderer/areas/runs/RunsPage.tsx"],
    ["renderer/client/client.ts", "renderer/areas/index.ts"],
    ["renderer/areas/runs/RunsPage.tsx", "renderer/app/Shell.tsx"],
    ["renderer/areas/runs/RunsPage.tsx", "main/areas/runs/contract.ts"],
    ["renderer/areas/runs/RunsPage.tsx", "main/areas/runs/service.ts"],
    ["preload/bridge.ts", "main/kernel/bus.ts"],
  ])("that makes %s import %s is refused", (path, target) => {
    const source = product.find((each) => each.path === path);
    if (source === undefined) throw new Error(`there is no ${path}`);
    expect(violations([importing(source, target, "import")], rows)).toContainEqual(
      `${path} imports ${target}`,
    );
  });

  it("is seen however the import is written", () => {
    const path = "renderer/ui/Badge.tsx";
    const target = "../areas/index.ts";
    for (const text of [
      `import "${target}";`,
      `export { pages } from "${target}";`,
      `export * from '${target}';`,
      `const later = () => import("${target}");`,
      `import { type A, b } from "${target}";`,
    ]) {
      expect(violations([sourceOf(path, text)], rows), text).toEqual([
        `${path} imports renderer/areas/index.ts`,
      ]);
    }
  });

  it("that adds a folder nobody has thought of is refused until it has a row", () => {
    expect(violations([sourceOf("main/shortcuts/here.ts", "export {};")], rows)).toEqual([
      "main/shortcuts/here.ts is in no room: a row has to say what it may import",
    ]);
  });

  it("that lets two areas need each other is found", () => {
    const forth = sourceOf("main/areas/a/service.ts", `import type { B } from "../b/service.ts";`);
    const back = sourceOf("main/areas/b/service.ts", `import type { A } from "../a/service.ts";`);
    expect(areaCircles([forth, back])).toEqual(["a → b → a"]);
  });
});
