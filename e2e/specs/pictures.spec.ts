import type { Page } from "@playwright/test";
import type { App } from "../fixtures/desktop/app.ts";
import { shoot, type Shot } from "../fixtures/desktop/camera.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { ask, askAll, workAMorning, type Prompt } from "../fixtures/desktop/scene.ts";
import { sceneTest as test } from "../fixtures/desktop/project-test.ts";
import { expect } from "../fixtures/desktop/test.ts";

// Everything a person sees, in light and dark, to be looked at: dist/pictures.

const size = { width: 1120, height: 740 };
/** The smallest the window gets. */
const low = { width: 760, height: 480 };

async function inBothThemes(app: App, page: Page, name: string, shot: Shot = {}): Promise<void> {
  for (const theme of ["light", "dark"] as const)
    await shoot(app, page, `${name}-${theme}`, { ...shot, theme });
}

/** No pointer and no pop-up words in the picture. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(-20, -20);
  await expect(page.getByRole("tooltip")).toHaveCount(0);
}

test("pages of the window", async ({ app }) => {
  test.setTimeout(60_000);
  const window = await app.window();
  await inBothThemes(app, window, "inbox-empty", { size });
  await workAMorning(app);
  await askAll(app);
  await expect(
    window.getByRole("list", { name: "Requests" }).getByRole("checkbox", { name: /^Pick: / }),
  ).toHaveCount(4);
  await window.getByRole("listitem").filter({ hasText: "src/cart.js" }).first().click();
  await look(window.getByRole("article"));
  await settle(window);
  await inBothThemes(app, window, "inbox", { size });
  await shoot(app, window, "readme/inbox", { size, scale: 2 });

  await goTo(window, "Runs");
  await expect(window.getByRole("option").first()).toBeVisible();
  await settle(window);
  await inBothThemes(app, window, "runs", { size });
  await window.getByRole("option").filter({ hasText: "Honour discounts" }).click();
  const main = window.getByRole("main");
  await main.locator("button[aria-expanded]").filter({ hasText: "src/cart.js" }).last().click();
  await look(main.getByRole("figure"));
  await settle(window);
  await inBothThemes(app, window, "run", { size });
  await shoot(app, window, "run-low", { size: low });
  await shoot(app, window, "readme/run", { size, scale: 2 });

  for (const page of ["Sessions", "Grants", "History", "Usage", "Diagnostics", "Settings"]) {
    await goTo(window, page);
    const rows = main.getByRole("option");
    if (page === "Sessions") await main.getByRole("listitem").filter({ hasText: "Publish" }).click();
    if (page === "History") await rows.filter({ hasText: "git push" }).click();
    if (page === "Diagnostics") await expect(main.getByText(/Looking|Checking/)).toHaveCount(0);
    await look(main);
    await settle(window);
    await inBothThemes(app, window, page.toLowerCase(), { size });
    await shoot(app, window, `${page.toLowerCase()}-low`, { size: low });
  }
  await goTo(window, "Diagnostics");
  await main.getByRole("heading", { name: "Backups" }).scrollIntoViewIfNeeded();
  await inBothThemes(app, window, "diagnostics-backups", { size });
  await goTo(window, "Settings");
  for (const section of [
    "Models",
    "Workspace and tools",
    "Notifications",
    "Costs",
    "Storage",
    "Access",
    "This app",
  ]) {
    await window.getByRole("navigation", { name: "Sections of the settings" }).getByText(section).click();
    await look(main.getByRole("heading", { name: section, exact: true }));
    await settle(window);
    await inBothThemes(app, window, `settings-${section.toLowerCase().replaceAll(" ", "-")}`, { size });
  }
});

test("a denial without a note, wherever it is told", async ({ app }) => {
  const window = await app.window();
  await workAMorning(app);
  const main = window.getByRole("main");
  const take = async (name: string) => {
    await look(main);
    await settle(window);
    await inBothThemes(app, window, `denied-${name}`, { size });
    // What the model was told is no word for a person.
    await expect(main).not.toContainText("at the desk");
  };
  await goTo(window, "History");
  await window.getByRole("option", { name: /git add/ }).click();
  await expect(main).toContainText("Denied in the window");
  await take("history");
  await goTo(window, "Runs");
  await window.getByRole("option").filter({ hasText: "Keep my settings" }).click();
  await main.locator("button[aria-expanded]").filter({ hasText: "git add .env" }).click();
  await expect(main).toContainText("after it asked");
  await take("run");
  await goTo(window, "Sessions");
  await main.getByRole("listitem").filter({ hasText: "chores" }).click();
  await expect(main).toContainText("No note was given.");
  await take("session");
});

test("first steps", async ({ launch }) => {
  const app = await launch({ firstRun: true });
  const window = await app.window();
  await look(window.getByRole("main"));
  await inBothThemes(app, window, "welcome", { size });
  await window.getByRole("button", { name: "Ask me" }).click();
  await look(window.getByRole("article"));
  await settle(window);
  await inBothThemes(app, window, "welcome-asking", { size });
  await shoot(app, window, "readme/first-run", { size, scale: 2 });
});

const states: Readonly<Record<string, Prompt>> = {
  command: "Run the tests",
  edit: "A cart without quantities is empty",
  file: "Add shipping costs",
  "high-risk": "Publish what is ready",
  long: "Migrate the old orders",
};

test("the popup's states", async ({ launch }) => {
  test.setTimeout(60_000);
  const app = await launch({ hidden: true });
  const popup = popupParts(await app.popup());
  const take = async (name: string, scale: 1 | 2 = 1) => {
    await look(popup.card);
    await settle(popup.page);
    await inBothThemes(app, popup.page, `popup-${name}`, { scale });
  };
  for (const [name, prompt] of Object.entries(states)) {
    const request = await ask(app, "cart-discount", prompt, "claude-code");
    await take(name);
    await app.gate.decide(request.id, { decision: "deny" });
    await app.gate.ended(request.runId);
    await expect(popup.card).toHaveCount(0);
  }

  const tests = await ask(app, "cart-discount", "Run the tests", "claude-code");
  await look(popup.card);
  await popup.openChoices();
  await take("choices");
  await popup.card.getByRole("button", { name: "note to the agent" }).click();
  await popup.page
    .getByLabel("Note to the agent")
    .fill("Use the staging database.\nAnd tell me how long it took.");
  await take("note");
  await app.gate.decide(tests.id, { decision: "allow" });
  await expect(popup.card).toContainText("Allowed over the API");
  await inBothThemes(app, popup.page, "popup-answered-elsewhere");
  await expect(popup.card).toHaveCount(0);

  await app.gate.changeSettings({ permissions: { timeout: "1s" } });
  await ask(app, "release", "Run the tests", "codex");
  await expect(popup.card).toContainText("Expired");
  await inBothThemes(app, popup.page, "popup-expired");
  await expect(popup.card).toHaveCount(0);
  await app.gate.changeSettings({ permissions: { timeout: "10m" } });

  const status = await ask(app, "status", "Is anything open?", "codex");
  await popup.openChoices();
  await take("choices-wide");
  await popup.choices.getByRole("button").last().click();
  await expect(popup.askedBack).toBeVisible();
  await take("asked-back");
  await app.gate.decide(status.id, { decision: "deny" });
  await expect(popup.card).toHaveCount(0);

  await askAll(app);
  await take("queue");
  for (const theme of ["light", "dark"] as const) {
    await shoot(app, popup.page, theme === "light" ? "readme/popup" : "readme/popup-dark", {
      scale: 2,
      theme,
    });
  }
  await popup.more.click();
  await look(popup.page.getByRole("heading", { name: "4 waiting" }));
  await inBothThemes(app, popup.page, "popup-many");
  await popup.page.getByText("Pick all", { exact: true }).click();
  await popup.page.getByRole("button", { name: "Allow 4 once…" }).click();
  await look(popup.page.getByRole("button", { name: "Cancel" }));
  await settle(popup.page);
  await inBothThemes(app, popup.page, "popup-many-asked");
});
