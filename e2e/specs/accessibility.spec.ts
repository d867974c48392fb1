import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { ask, askAll, workAMorning } from "../fixtures/desktop/scene.ts";
import { sceneTest as test } from "../fixtures/desktop/project-test.ts";
import { expect } from "../fixtures/desktop/test.ts";

// Pages with something on them, as a person has them after a morning's work.

/** What a machine can find of what keeps people out: one line per rule that is broken, with where. */
async function findings(page: Page): Promise<string[]> {
  // The other mode opens a page of its own, which Electron does not let it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

async function inBothThemes(page: Page, check: () => Promise<void>): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await check();
  }
}

test("no page keeps anybody out", async ({ app }) => {
  test.setTimeout(120_000);
  const window = await app.window();
  await workAMorning(app);
  await askAll(app);
  for (const content of ["Use tabs.", "Staging is behind the bastion."])
    await app.gate.call("/memories", { content, tags: ["ops"] });
  const main = window.getByRole("main");
  const found: Record<string, string[]> = {};
  for (const page of [
    "Inbox",
    "Runs",
    "Sessions",
    "Memory",
    "Grants",
    "History",
    "Usage",
    "Diagnostics",
    "Settings",
  ]) {
    await goTo(window, page);
    const rows = main.getByRole(
      ["Inbox", "Sessions", "Memory", "Grants"].includes(page) ? "listitem" : "option",
    );
    if (!["Usage", "Diagnostics", "Settings"].includes(page)) await rows.nth(1).click();
    if (page === "Diagnostics") await expect(main.getByText(/Looking|Checking/)).toHaveCount(0);
    await look(main);
    await inBothThemes(window, async () => {
      const rules = await findings(window);
      if (rules.length > 0) found[page] = rules;
    });
  }
  await window.keyboard.press("?");
  await look(window.getByRole("dialog"));
  const rules = await findings(window);
  if (rules.length > 0) found["Keyboard"] = rules;
  expect(found).toEqual({});
});

test("nor do the popup and the first steps", async ({ launch }) => {
  const app = await launch({ firstRun: true });
  const window = await app.window();
  await look(window.getByRole("main"));
  const found = { welcome: await findings(window), popup: [] as string[] };
  await ask(app, "release", "Publish what is ready", "codex");
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await inBothThemes(popup.page, async () => {
    found.popup.push(...(await findings(popup.page)));
  });
  expect(found).toEqual({ welcome: [], popup: [] });
});

test("the keyboard goes through a list row by row, and Tab leaves it", async ({ app }) => {
  const window = await app.window();
  await workAMorning(app);
  await goTo(window, "History");
  const rows = window.getByRole("listbox", { name: /Decisions/ }).getByRole("option");
  await expect(rows.nth(2)).toBeVisible();
  await rows.first().focus();
  for (const row of [0, 1, 2]) {
    await window.keyboard.press("ArrowDown");
    await expect(rows.nth(row)).toBeFocused();
    await expect(rows.nth(row)).toHaveAttribute("aria-selected", "true");
  }
  await window.keyboard.press("End");
  await expect(rows.last()).toBeFocused();
  await window.keyboard.press("Tab");
  await expect(window.getByRole("option").and(window.locator(":focus"))).toHaveCount(0);
});

test("the window becomes larger and smaller, and is so after the next start", async ({ launch }) => {
  const app = await launch();
  const press = (step: string) =>
    app.electron.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), step);
  const width = async () => (await app.window()).evaluate(() => innerWidth);
  await app.window();
  const actual = await width();
  await press("zoom-larger");
  await press("zoom-larger");
  await expect.poll(width).toBeLessThan(actual * 0.75);
  await app.close();

  // Told not to begin with a fresh memory.
  const again = await launch({ firstRun: true });
  await expect
    .poll(async () => (await again.window()).evaluate(() => innerWidth))
    .toBeLessThan(actual * 0.75);
  await again.electron.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.getMenuItemById("zoom-actual")?.click(),
  );
  await expect.poll(async () => (await again.window()).evaluate(() => innerWidth)).toBe(actual);
});
