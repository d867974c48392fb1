import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

test("from a fresh start to the first approved permission", async ({ launch }) => {
  const app = await launch({ firstRun: true, hidden: true });
  const window = await app.window();
  await expect(window.getByRole("heading", { name: /One gate for every agent/ })).toBeVisible();
  await window.getByRole("button", { name: "Ask me" }).click();
  await expect(window.getByRole("main")).toContainText("It waits for you. Nothing runs until you answer.");
  const popup = popupParts(await app.popup());
  await expect(popup.command).toContainText("git --version");
  await popup.allowOnce();
  await expect(window.getByRole("main")).toContainText("Allowed in the popup. It ran and printed:");
  await expect(window.getByRole("main")).toContainText(/git version \d/);
  expect(await app.gate.decisions()).toMatchObject([{ outcome: "allowed", decidedBy: { kind: "popup" } }]);

  await expect(window.getByRole("main")).toContainText("Glue finds this daemon by itself");
  await window.getByRole("button", { name: "Go to the inbox" }).click();
  await expect(window.getByRole("heading", { name: "Inbox", exact: true })).toBeVisible();
  await app.close();

  const again = await launch({ firstRun: true });
  await expect((await again.window()).getByRole("heading", { name: "Inbox", exact: true })).toBeVisible();
  await goTo(await again.window(), "History");
  await expect((await again.window()).getByRole("main")).toContainText("git --version");
});

test("answered right on the page, and skipped without one", async ({ launch }) => {
  const app = await launch({ firstRun: true });
  const window = await app.window();
  await window.getByRole("button", { name: "Ask me" }).click();
  const card = window.getByRole("article");
  await expect(card).toContainText("git --version");
  await look(card);
  await card.locator("button").filter({ hasText: "Deny" }).click();
  // Taken back it could be for five seconds.
  await expect(window.getByRole("main")).toContainText("Nothing ran, and the agent was told so", {
    timeout: 15_000,
  });
  expect(await app.gate.decisions()).toMatchObject([{ outcome: "denied", decidedBy: { kind: "window" } }]);
});
