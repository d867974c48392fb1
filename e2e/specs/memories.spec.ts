import type { Page } from "@playwright/test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startScriptedModel } from "../../main/testing/scripted-model/index.ts";
import type { App } from "../fixtures/desktop/app.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

const size = { width: 1120, height: 740 };

interface Kept {
  readonly id: string;
  readonly content: string;
}

const bothThemes = async (app: App, page: Page, name: string) => {
  await page.mouse.move(-20, -20);
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  for (const theme of ["light", "dark"] as const) await shoot(app, page, `${name}-${theme}`, { size, theme });
};
const rowsOf = (window: Page) => window.getByRole("list", { name: "Memories" }).getByRole("listitem");
const kept = async ({ gate }: App) =>
  ((await gate.call("/memories?limit=500")) as { memories: Kept[] }).memories;
const imported = (app: App, contents: readonly object[]) =>
  app.gate.call("/memories/import", {
    text: JSON.stringify({ version: 1, kind: "peggy.memories", memories: contents }),
  });

test("a run that remembers asks in the popup, shows all of it, and what was kept leads back to the run", async ({
  app,
  launch,
}) => {
  const content = "Staging is behind the bastion. <b>Not</b> from home.";
  const run = await app.gate.start(
    "ops",
    `Keep it.\n/remember ${JSON.stringify({ content, tags: ["ops"] })}`,
  );
  const popup = popupParts(await app.popup());
  await expect(popup.card).toContainText("wants to keep a memory");
  await expect(popup.card).toContainText(content);
  await popup.allowOnce();
  await app.gate.ended(run.id);
  expect((await kept(app)).map((memory) => memory.content)).toEqual([content]);

  const window = await app.window();
  await goTo(window, "Memory");
  await rowsOf(window).first().click();
  const main = window.getByRole("main");
  await expect(main.locator("[data-memory]")).toHaveText(content);
  await expect(main.locator("[data-memory] b")).toHaveCount(0);
  await main.getByRole("button", { name: "Open the run it comes from" }).click();
  await expect(main).toContainText("Keep it.");

  // What was answered is still there after the app was killed.
  await app.kill();
  const again = await launch();
  expect((await kept(again)).map((memory) => memory.content)).toEqual([content]);
});

test("a person keeps, corrects, brings back, pins and deletes, by keys", async ({ app }) => {
  const window = await app.window();
  await goTo(window, "Memory");
  const main = window.getByRole("main");
  await expect(main).toContainText("Nothing is kept yet");
  await bothThemes(app, window, "memory-empty");
  await window.keyboard.press("n");
  const dialog = window.getByRole("dialog");
  await dialog.getByLabel("What is to be known").fill("Use tabs.");
  await dialog.getByLabel("Tags").fill("style, python");
  await dialog.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(main.locator("[data-memory]")).toHaveText("Use tabs.");
  await window.keyboard.press("e");
  await dialog.getByLabel("What is to be known").fill("Use spaces.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(main.locator("[data-memory]")).toHaveText("Use spaces.");
  await expect(main.getByRole("figure")).toContainText("added: Use spaces.");
  await look(main);
  await bothThemes(app, window, "memory-one");
  await main.getByRole("button", { name: "Bring back revision 1" }).click();
  await expect(main.locator("[data-memory]")).toHaveText("Use tabs.");
  await window.keyboard.press("p");
  await expect(main.getByRole("button", { name: "Unpin" })).toBeVisible();
  await window.keyboard.press("Delete");
  await expect(main).toContainText("This memory is not here");
  expect(await kept(app)).toEqual([]);
  await window.getByRole("button", { name: "Undo" }).click();
  await expect(main.locator("[data-memory]")).toHaveText("Use tabs.");
});

test("what looks like a secret is asked back", async ({ app }) => {
  const window = await app.window();
  await goTo(window, "Memory");
  await window.getByRole("button", { name: "New memory" }).click();
  const dialog = window.getByRole("dialog");
  await dialog.getByLabel("What is to be known").fill("The password is hunter22");
  await dialog.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(dialog).toContainText("This looks like a password.");
  expect(await kept(app)).toEqual([]);
  await bothThemes(app, window, "memory-secret");
  await dialog.getByRole("button", { name: "Keep it anyway" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await kept(app)).toHaveLength(1);
});

test("thousands are searched while typing, and the list keeps its place while others come", async ({
  app,
}) => {
  const window = await app.window();
  await imported(
    app,
    Array.from({ length: 1_000 }, (_, i) => ({
      content: `Note ${i} about ${["parcels", "carts", "taxes"][i % 3]}`,
      tags: [`tag${i % 4}`],
      timestamp: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
    })),
  );
  await goTo(window, "Memory");
  await expect(rowsOf(window).first()).toContainText("Note 999");
  await window
    .getByRole("list", { name: "Memories" })
    .locator("..")
    .evaluate((list) => list.scrollTo(0, 3_000));
  await expect(rowsOf(window).filter({ hasText: "Note 940" })).toBeVisible();
  const top = (await rowsOf(window).filter({ hasText: "Note 940" }).boundingBox())?.y;
  await app.gate.call("/memories", { content: "On top of all" });
  await window.waitForTimeout(600);
  expect((await rowsOf(window).filter({ hasText: "Note 940" }).boundingBox())?.y).toBe(top);
  await bothThemes(app, window, "memory-thousand");
  await window.getByLabel("Search memories").fill("note 77 tax");
  await expect(rowsOf(window)).toHaveCount(5);
  await window.getByLabel("Search memories").fill("");
  await window.getByLabel("Tag").selectOption("tag1");
  await expect(rowsOf(window).first()).toContainText("Note 997");
});

test("a run says which memories it was told of and why, and each leads there", async ({ launch }) => {
  const model = await startScriptedModel();
  model.script({ text: "Done." });
  const provider = { alias: "scripted", type: "openai-compatible", base_url: `${model.url}/v1` };
  const providers = [{ ...provider, model: "scripted", api_key: "k" }];
  const app = await launch({ settings: { default_provider: "scripted", providers } });
  await imported(app, [
    { content: "Staging is deployed with make ship." },
    { content: "The cat is called Mia." },
  ]);
  const run = await app.gate.start("ops", "Deploy this to staging");
  await app.gate.ended(run.id);
  const window = await app.window();
  await goTo(window, "Runs");
  await window.getByRole("option").first().click();
  const main = window.getByRole("main");
  await main.getByText("Told of 1 memory when it started").click();
  await expect(main).toContainText("because the prompt says staging, deploy");
  await bothThemes(app, window, "memory-run");
  await main.getByRole("button", { name: "Staging is deployed with make ship." }).click();
  await expect(main.locator("[data-memory]")).toHaveText("Staging is deployed with make ship.");
  await main.getByRole("button", { name: "Open the run", exact: true }).click();
  await expect(main).toContainText("Deploy this to staging");
  await model.close();
});

test("long words, other directions and markup are text that stays in its place", async ({ app }) => {
  await imported(app, [
    { content: "x".repeat(3_000), tags: ["y".repeat(60)] },
    { content: "השרת נמצא מאחורי השער.\nاستخدم المسافات.", tags: ["עברית"] },
    { content: "# Not a heading\n<script>alert(1)</script>\n[link](https://example.org)" },
  ]);
  const window = await app.window();
  await goTo(window, "Memory");
  for (const [at, name] of ["markup", "rtl", "long"].entries()) {
    await rowsOf(window).nth(at).click();
    await look(window.locator("[data-memory]"));
    await bothThemes(app, window, `memory-${name}`);
  }
  expect(await window.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("export and import through the system's own dialogs", async ({ app, place }) => {
  await imported(app, [{ content: "Use tabs.", tags: ["style"] }]);
  const file = join(place.work, "out.json");
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  const window = await app.window();
  await goTo(window, "Memory");
  const menu = window.getByRole("button", { name: "Import and export" });
  await menu.click();
  await window.getByRole("menuitem", { name: "Export as JSON…" }).click();
  await expect(window.getByText(`Written to ${file}`)).toBeVisible();
  const written = JSON.parse(await readFile(file, "utf8")) as { kind: string; memories: Kept[] };
  expect(written).toMatchObject({ kind: "peggy.memories", memories: [{ content: "Use tabs." }] });
  await writeFile(file, JSON.stringify({ ...written, memories: [...written.memories, { content: "New" }] }));
  await menu.click();
  await window.getByRole("menuitem", { name: "Import…" }).click();
  const dialog = window.getByRole("dialog");
  await expect(dialog).toContainText("Import 1 memory?");
  await expect(dialog).toContainText("1 memory there already");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(rowsOf(window)).toHaveCount(2);
});

test("many are picked and deleted at once, after being asked back", async ({ app }) => {
  await imported(app, [{ content: "one" }, { content: "two" }, { content: "three" }]);
  const window = await app.window();
  await goTo(window, "Memory");
  await expect(rowsOf(window)).toHaveCount(3);
  await window.keyboard.press("ControlOrMeta+a");
  await window
    .getByRole("toolbar", { name: "Picked memories" })
    .getByRole("button", { name: "Delete…" })
    .click();
  await window.getByRole("dialog").getByRole("button", { name: "Delete 3 memories" }).click();
  await expect(window.getByText("Nothing is kept yet")).toBeVisible();
  expect(await kept(app)).toEqual([]);
});
