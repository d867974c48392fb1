import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { goTo, look } from "../fixtures/desktop/person.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import type { App } from "../fixtures/desktop/app.ts";
import { sessionFile } from "../fixtures/session-file.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

const size = { width: 1180, height: 760 };

async function say(app: App, session: string, text: string): Promise<void> {
  await app.gate.ended((await app.gate.start(session, text)).id);
}

const row = (window: Page, text: string) =>
  window.getByRole("main").getByRole("listitem").filter({ hasText: text });

test("named, tagged, archived, deleted and brought back", async ({ app }) => {
  const window = await app.window();
  for (const name of ["docs", "shop", "notes"]) await say(app, name, `About ${name}.`);
  await goTo(window, "Sessions");
  const main = window.getByRole("main");
  await row(window, "About shop").click();
  await expect(main.getByRole("group", { name: "Prompt" })).toContainText("About shop.");

  await window.keyboard.press("e");
  const dialog = window.getByRole("dialog", { name: "Name, tags and folder" });
  await dialog.getByLabel("Name").fill("The cart's total");
  await dialog.getByLabel("Tags").fill("shop, release 2");
  await shoot(app, window, "sessions-edit", { size });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(window, "The cart's total")).toContainText("release 2");
  await expect(main.getByRole("heading", { name: "The cart's total" })).toBeVisible();

  await main.getByRole("combobox", { name: "Tag" }).selectOption("release 2");
  await expect(row(window, "About docs")).toHaveCount(0);
  await expect(row(window, "The cart's total")).toHaveCount(1);
  await main.getByRole("combobox", { name: "Tag" }).selectOption("Every tag");

  await row(window, "About docs").getByRole("checkbox").click();
  await row(window, "About notes").getByRole("checkbox").click();
  const bar = main.getByRole("toolbar", { name: "Picked sessions" });
  await expect(bar).toContainText("2 picked");
  await shoot(app, window, "sessions-picked", { size });
  await bar.getByRole("button", { name: "Archive" }).click();
  await expect(row(window, "About docs")).toHaveCount(0);
  await main.getByRole("radio", { name: "Archived" }).click();
  await expect(row(window, "About docs")).toHaveCount(1);
  await row(window, "About docs").click();
  await window.keyboard.press("a");
  await expect(row(window, "About docs")).toHaveCount(0);
  await main.getByRole("radio", { name: "Current" }).click();
  await expect(row(window, "About docs")).toHaveCount(1);

  await row(window, "About docs").click();
  await window.keyboard.press("Delete");
  await expect(row(window, "About docs")).toHaveCount(0);
  await expect(main).toContainText("This session is not here");
  await window.getByRole("button", { name: "Undo" }).last().click();
  await expect(row(window, "About docs")).toHaveCount(1);
  await expect(main.getByRole("group", { name: "Prompt" })).toContainText("About docs.");
});

test("one whose run goes on is not deleted, and says why", async ({ app }) => {
  const window = await app.window();
  await app.gate.ask("docs", "/write_file a.txt");
  await goTo(window, "Sessions");
  await row(window, "docs").click();
  await look(window.getByRole("main").locator("h2").first());
  await window.keyboard.press("Delete");
  await expect(window.getByText(/A run goes on in this session/)).toBeVisible();
  await expect(row(window, "docs")).toHaveCount(1);
});

test("forked from a message in the middle, and each goes its own way", async ({ app }) => {
  const window = await app.window();
  for (const text of ["one", "two", "three"]) await say(app, "docs", text);
  await goTo(window, "Sessions");
  const main = window.getByRole("main");
  await row(window, "one").click();
  const prompt = main.getByRole("group", { name: "Prompt" });
  await expect(prompt).toHaveCount(3);
  const forks = main.getByRole("button", { name: "Fork the session from here" });
  await forks.nth(3).click();
  await expect(main).toContainText("forked from docs");
  await expect(prompt).toHaveText([/one/, /two/]);
  await expect(row(window, "one")).toHaveCount(2);
  await shoot(app, window, "sessions-forked", { size });

  const { sessions } = (await app.gate.call("/sessions")) as { sessions: { id: string }[] };
  const forked = sessions[0]?.id ?? "";
  await say(app, forked, "elsewhere");
  await expect(prompt).toHaveText([/one/, /two/, /elsewhere/]);
  await main.getByRole("radio", { name: "Forks" }).click();
  const tree = main.getByRole("list", { name: "Forks" });
  await expect(tree.getByRole("listitem")).toHaveCount(2);
  await shoot(app, window, "sessions-family", { size, theme: "dark" });
  await tree.getByRole("button", { name: "one" }).click();
  await expect(prompt).toHaveText([/one/, /two/, /three/]);
});

test("a session works in the folder chosen with its first run, and every page says where", async ({
  app,
}) => {
  const folder = join(app.place.work, "..", "elsewhere");
  await mkdir(folder);
  await writeFile(join(folder, "here.txt"), "you found it");
  const window = await app.window();
  await goTo(window, "Runs");
  await window.getByRole("button", { name: "New run" }).first().click();
  const dialog = window.getByRole("dialog");
  await dialog.getByLabel("What should it do?").fill("/read_file here.txt");
  await dialog.getByLabel("Session").fill("elsewhere");
  await dialog.getByLabel("Folder").fill(folder);
  await shoot(app, window, "new-run", { size });
  await dialog.getByRole("button", { name: /Start/ }).click();
  const main = window.getByRole("main");
  await expect(main).toContainText("Done");
  await expect(main.getByRole("button", { name: /elsewhere$/ }).last()).toBeVisible();
  const [run] = ((await app.gate.call("/runs")) as { runs: { id: string }[] }).runs;
  expect(await app.gate.results(run?.id ?? "")).toMatchObject([
    { result: { isError: false, content: expect.stringContaining("you found it") as unknown } },
  ]);
  await goTo(window, "Sessions");
  await row(window, "here.txt").click();
  await shoot(app, window, "sessions-folder", { size });
  await expect(main.getByRole("article").first()).toContainText("elsewhere");
});

test("continued in the window, saved as a file and imported again", async ({ app }) => {
  const window = await app.window();
  await say(app, "docs", "one");
  await goTo(window, "Sessions");
  const main = window.getByRole("main");
  await row(window, "one").click();
  const box = main.getByRole("textbox", { name: "Continue this session" });
  await box.fill("two");
  await box.press("Control+Enter");
  const prompt = main.getByRole("group", { name: "Prompt" });
  await expect(prompt).toHaveText([/one/, /two/]);
  await expect(box).toHaveValue("");
  await box.fill("/write_file a.txt");
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByRole("list", { name: "Runs that go on" })).toContainText("Needs you");
  await box.fill("half a thought");
  await shoot(app, window, "sessions-continue", { size });
  await goTo(window, "Inbox");
  await goTo(window, "Sessions");
  await row(window, "one").click();
  await expect(box).toHaveValue("half a thought");
  for (const { id } of await app.gate.pending()) await app.gate.decide(id, { decision: "deny" });
  await expect(main.getByRole("list", { name: "Runs that go on" })).toHaveCount(0);

  const file = join(app.place.home, "one.json");
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await main.getByRole("button", { name: "More for this session" }).click();
  await window.getByRole("menuitem", { name: "Save as JSON…" }).click();
  await expect(window.getByText("Saved: ")).toBeVisible();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ format: "gatehouse.session", version: 1 });
  await main.getByRole("button", { name: "Import…" }).click();
  const dialog = window.getByRole("dialog", { name: "Import this session?" });
  await expect(dialog).toContainText(/\d+ messages/);
  await shoot(app, window, "sessions-import", { size });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(row(window, "one")).toHaveCount(1);
  await main.getByRole("button", { name: "Import…" }).click();
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(row(window, "one")).toHaveCount(2);
  await expect(prompt.first()).toContainText("one");

  await writeFile(file, "something else\n");
  await main.getByRole("button", { name: "Import…" }).click();
  await expect(window.getByText(/no session that Gatehouse exported/)).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test("a long session opens at a message, and shows where the model's view begins", async ({ app }) => {
  const window = await app.window();
  const file = sessionFile(3_000, { condensedTo: 1_000, tags: ["talk"] });
  const { id } = (await app.gate.call("/session-imports", {})) as { id: string };
  for (let from = 0; from < file.length; from += 400_000) {
    await app.gate.call(`/session-imports/${id}/parts`, { text: file.slice(from, from + 400_000) });
  }
  await app.gate.call(`/session-imports/${id}/finish`, {});
  await goTo(window, "Sessions");
  const main = window.getByRole("main");
  await row(window, "A long talk").click();
  await expect(main).toContainText("message 2999 of a long talk");
  await main.getByRole("button", { name: "condensed up to 1000" }).click();
  await expect(main.getByText("message 1000 of a long talk")).toBeInViewport();
  const start = main.getByRole("button", { name: /The model sees a summary/ });
  await start.click();
  await expect(main).toContainText("They talked at length.");
  await look(main.getByText("message 1000 of a long talk"));
  for (const theme of ["light", "dark"] as const) {
    await shoot(app, window, `sessions-view-${theme}`, { size, theme });
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    expect(violations.map((each) => [each.id, each.nodes.map(({ target }) => target.join(" "))])).toEqual([]);
  }
});
