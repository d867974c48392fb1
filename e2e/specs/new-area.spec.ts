import { join } from "node:path";
import { expect, test } from "../fixtures/desktop/test.ts";
import { copyProject } from "../fixtures/new-area/copy.ts";
import { makeTempFolder, removeFolder } from "../fixtures/temp-folder.ts";

/** The promise of the layout: a new area with all an area can have is a folder, and a line in each of two lists. */
test("an area with page, setting, check, table, command and capability touches the two lists only", async ({
  launch,
  place,
}) => {
  test.setTimeout(240_000);
  const folder = await makeTempFolder();
  try {
    const copy = await copyProject(folder);
    const listOne = "main/areas/index.ts";
    await copy.edit(listOne, "import {", `import { parcelsArea } from "./parcels/area.ts";`);
    await copy.edit(listOne, "  runsArea,\n", "  parcelsArea,");
    const listTwo = "renderer/areas/index.ts";
    await copy.edit(listTwo, "import {", `import { ParcelsPage } from "./parcels/ParcelsPage.tsx";`);
    await copy.edit(
      listTwo,
      `  { id: "grants"`,
      `  { id: "parcels", title: "Parcels", icon: Activity, component: ParcelsPage, group: "system" },`,
    );

    await copy.tool("tsc", "-p", "main");
    await copy.tool("tsc", "-p", "renderer");
    await copy.tool(
      "vitest",
      "run",
      "--config",
      "main/tooling/vitest.config.ts",
      "main/tooling/directions",
      "main/areas/query-plans.test.ts",
    );
    await copy.tool("node", "main/tooling/build.mjs");

    const app = await launch({ root: folder, settings: { parcels: { max_listed: 2 } } });
    const asOwner = (path: string, body?: object) => app.gate.call(path, body);
    for (const name of ["first", "second", "third"]) await asOwner("/parcels", { name });
    expect(await asOwner("/parcels")).toMatchObject({ parcels: [{ name: "third" }, { name: "second" }] });

    const { checks } = (await asOwner("/diagnostics/checks", {})) as { checks: object[] };
    expect(checks).toContainEqual(expect.objectContaining({ name: "parcels", state: "ok" }));
    const status = await app.api.get("/v1/status");
    expect((status.json as { capabilities: string[] }).capabilities).toContain("parcels");
    const listed = await copy.tool(
      "node",
      join(folder, "dist/main/cli.cjs"),
      "parcels",
      "--upper",
      "--home",
      place.home,
    );
    expect(listed).toBe("THIRD\nSECOND\n");

    const window = await app.window();
    await window.getByRole("button", { name: "Parcels" }).click();
    await expect(window.getByRole("heading", { name: "Parcels" })).toBeVisible();
    await expect(window.getByText("third")).toBeVisible();
    await asOwner("/parcels", { name: "fourth" });
    await expect(window.getByText("fourth")).toBeVisible();
  } finally {
    await removeFolder(folder);
  }
});
