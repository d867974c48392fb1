import { goTo, look } from "../fixtures/desktop/person.ts";
import { sceneTest as base } from "../fixtures/desktop/project-test.ts";
import { actorSettings, startActor, workAMorning } from "../fixtures/desktop/scene.ts";
import { expect } from "../fixtures/desktop/test.ts";

/** The scene's model with a price: 2 dollars in, 10 out, 0.50 read from cache. */
const test = base.extend({
  appOptions: async ({}, use) => {
    const model = await startActor();
    const prices = { "qwen3-coder": { input: 2, output: 10, cacheRead: 0.5 } };
    await use({ settings: { ...actorSettings(model), usage: { prices } } });
    await model.close();
  },
});

test("what runs cost is told per run, day, model, client and session, and follows", async ({ app }) => {
  const window = await app.window();
  const main = window.getByRole("main");
  await goTo(window, "Usage");
  await expect(main.getByRole("heading", { name: "Nothing was used in these days" })).toBeVisible();

  await workAMorning(app);
  const table = main.getByRole("table");
  await expect(table.getByRole("row", { name: /qwen3-coder/ })).toContainText("6");
  // 1,840 tokens in, of which 1,280 from cache, and 96 out in the first turn; 310 and 20 more in the second.
  const run = { in: 1840 + 2150 - 2560, out: 96 + 116, cached: 2560 };
  const cost = (run.in * 2 + run.out * 10 + run.cached * 0.5) / 1_000_000;
  await main.getByRole("radio", { name: "Sessions" }).click();
  await expect(table.getByRole("row")).toHaveCount(4);
  await main.getByRole("radio", { name: "Clients" }).click();
  await expect(table.getByRole("rowheader")).toHaveText(["claude-code", "codex", "aider"]);

  await goTo(window, "Runs");
  await window.getByRole("option").filter({ hasText: "What changed lately" }).click();
  await look(main);
  await expect(main.getByTitle(`$${cost.toFixed(6).replace(/0+$/, "")}`)).toHaveText("< $0.01");

  await goTo(window, "Usage");
  await expect(main.getByText("In 30 days").locator("..")).toContainText("$0.0");
  await main.getByRole("radio", { name: "Sessions" }).click();
  await main.getByRole("button", { name: "cart-discount" }).click();
  await expect(main.getByRole("heading", { name: /Honour discounts/ }).first()).toBeVisible();
});

test("limits are set, refused where they make no sense, and taken back", async ({ app }) => {
  const window = await app.window();
  await goTo(window, "Settings");
  const main = window.getByRole("main");
  await main.getByRole("navigation").getByText("Costs").click();
  const warn = main.getByLabel("Ask me above");
  await warn.fill("5");
  await warn.press("Enter");
  await expect(main.getByText("Saved")).toBeVisible();
  await expect
    .poll(async () => (await app.api.get("/gatehouse/v1/settings")).json)
    .toMatchObject({
      usage: { warnPerDay: 5 },
    });
  await warn.fill("-1");
  await warn.press("Enter");
  await expect(main.getByText(/Not saved, so it is as before/)).toBeVisible();
  await expect(warn).toHaveValue("5");
  await warn.fill("");
  await warn.press("Enter");
  await expect
    .poll(async () => (await app.api.get("/gatehouse/v1/settings")).json)
    .toMatchObject({
      usage: { warnPerDay: null },
    });
});
