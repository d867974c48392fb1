import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startScriptedModel } from "../../main/testing/scripted-model/index.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { actorSettings, startActor, workAMorning } from "../fixtures/desktop/scene.ts";
import { projectTest as test } from "../fixtures/desktop/project-test.ts";
import { expect } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test("history says how grave it was and who decided, and narrows to outcome, day and words", async ({
  launch,
}) => {
  const model = await startActor();
  const app = await launch({ settings: actorSettings(model) });
  const window = await app.window();
  await workAMorning(app);
  await goTo(window, "History");
  const rows = window.getByRole("listbox", { name: /Decisions/ }).getByRole("option");
  const push = rows.filter({ hasText: "git push --force" });
  await expect(push).toContainText("high risk");
  await expect(push).toContainText("in the popup");
  const all = await rows.count();
  expect(all).toBeGreaterThan(5);

  const search = window.getByRole("searchbox", { name: "Search history" });
  await search.fill("open a pull request");
  await expect(rows).toHaveCount(1);
  await search.fill("");
  await expect(rows).toHaveCount(all);

  await window.getByRole("radio", { name: "Denied" }).click();
  await expect(rows).toHaveCount(2);
  await window.getByRole("radio", { name: "All", exact: true }).click();
  const day = window.getByLabel("Decided on this day");
  await day.fill("2026-01-31");
  await expect(window.getByText("No decision matches this search, outcome and day.")).toBeVisible();
  await day.fill(new Date().toISOString().slice(0, 10));
  await expect(rows).toHaveCount(all);
  await window.getByRole("button", { name: "Any day" }).click();
  await expect(day).toHaveValue("");
  await model.close();
});

test("grants stand under their agent, and all of one are revoked after asking back", async ({
  app,
  place,
}) => {
  const window = await app.window();
  await goTo(window, "Runs");
  for (const [client, file] of [
    ["claude-code", "a.txt"],
    ["claude-code", "b.txt"],
    ["codex", "c.txt"],
  ] as const) {
    await app.gate.ask("docs", writeFile(file), client);
    await popupParts(await app.popup()).allowAs(/\.txt .*, always$/);
    await expect.poll(app.gate.activeRuns).toEqual([]);
  }
  await goTo(window, "Grants");
  const headings = window.getByRole("main").getByRole("heading", { level: 2 });
  await expect(headings).toHaveText(["codex", "claude-code"]);
  await window.getByRole("button", { name: "Revoke all of them…" }).click();
  const dialog = window.getByRole("dialog", { name: "Revoke 2 grants of claude-code?" });
  await look(dialog);
  await dialog.getByRole("button", { name: "Revoke 2 grants" }).click();
  await expect(headings).toHaveText(["codex"]);
  expect(await app.gate.grants()).toMatchObject([{ clientId: "codex" }]);
  await rm(join(place.work, "a.txt"));
  const again = await app.gate.ask("docs", writeFile("a.txt"), "claude-code");
  expect(again.status).toBe("pending");
});

test("a run that failed says why in plain words, and is tried again", async ({ launch }) => {
  const model = await startScriptedModel({ models: ["qwen3-coder"] });
  const app = await launch({ settings: actorSettings(model) });
  const window = await app.window();
  const refusal = { status: 401, type: "authentication_error", message: "That key is not known here." };
  model.script(refusal, {
    text: "Here it is.\n\n| File | Lines |\n| --- | --- |\n| src/cart.js | 12 |",
  });
  const failed = await app.gate.start("docs", "Count the lines");
  await app.gate.ended(failed.id);
  await goTo(window, "Runs");
  await window.getByRole("option").first().click();
  const main = window.getByRole("main");
  await expect(main.getByRole("alert")).toContainText("That key is not known here.");
  await expect(main).not.toContainText("internal");
  await main.getByRole("button", { name: "Try again" }).click();
  await expect(main.getByRole("table")).toContainText("src/cart.js");
  await expect(main.getByRole("button", { name: "Try again" })).toHaveCount(0);
  expect((await app.gate.run(failed.id)).status).toBe("failed");
  await model.close();
});

test("nothing a person needs is out of sight in the smallest window", async ({ launch }) => {
  const app = await launch({ firstRun: true });
  const window = await app.window();
  await app.electron.evaluate(({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().includes("://window/"),
    );
    shown?.setContentSize(760, 480);
  });
  await expect(window.getByRole("button", { name: "Go to the inbox" })).toBeInViewport({ ratio: 1 });
  const asking = window.getByRole("button", { name: "Ask me" });
  await asking.scrollIntoViewIfNeeded();
  const box = await asking.boundingBox();
  const width = await window.evaluate(() => innerWidth);
  expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThan(width);
  for (const button of await window.getByRole("main").getByRole("button").all()) {
    const { clipped, words } = await button.evaluate((element) => ({
      clipped: element.scrollWidth > element.clientWidth + 1,
      words: element.textContent,
    }));
    expect(clipped, `“${words}” is cut off`).toBe(false);
  }

  for (const page of ["Inbox", "Runs", "Sessions", "Grants", "History"]) {
    await goTo(window, page);
    const main = window.getByRole("main");
    await expect(main.getByRole("heading", { name: page, exact: true })).toBeInViewport({ ratio: 1 });
    const search = main.getByRole("searchbox");
    expect((await search.boundingBox())?.width, `the search of ${page}`).toBeGreaterThan(90);
  }
});
