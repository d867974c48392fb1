import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { root, type App } from "../fixtures/desktop/app.ts";
import { shoot, type Shot } from "../fixtures/desktop/camera.ts";
import { askAbout, cardSamples, type CardName } from "../fixtures/desktop/card-samples.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { answer } from "../fixtures/desktop/scene.ts";
import { projectTest as test } from "../fixtures/desktop/project-test.ts";
import { expect } from "../fixtures/desktop/test.ts";
import type { Notice } from "../fixtures/desktop/notifications.ts";
import type { MenuEntry } from "../fixtures/desktop/tray-host.ts";

// Every kind of card with every risk, in popup, Inbox and run, to be looked at: dist/pictures/cards.

const names = Object.keys(cardSamples) as CardName[];
const sizes = { wide: { width: 1120, height: 740 }, low: { width: 760, height: 480 } } as const;

/** Until the popup has the size that the next card needs. */
const resizeMs = 150;

/** What of a card lies over what comes below it, or is cut off by its own edge. */
const overlaps = (card: Locator) =>
  card.evaluate((article) => {
    const scrolls = (box: Element | null) => box !== null && getComputedStyle(box).overflowY === "auto";
    const parts = [...article.children];
    return parts.flatMap((part, at) => {
      const end = parts[at + 1]?.getBoundingClientRect().top ?? article.getBoundingClientRect().bottom;
      return [part, ...part.querySelectorAll(":scope > *, :scope > * > *")]
        .filter((each) => each.getBoundingClientRect().bottom > end + 1 && !scrolls(each.parentElement))
        .map((each) => `${each.className} ends below ${part.className}`);
    });
  });

async function inBothThemes(app: App, page: Page, name: string, shot: Shot = {}): Promise<void> {
  for (const theme of ["light", "dark"] as const)
    await shoot(app, page, `cards/${name}-${theme}`, { ...shot, theme });
}

test("each kind of card in the popup", async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ hidden: true });
  const popup = popupParts(await app.popup());
  await popup.page.mouse.move(-20, -20);
  for (const name of names) await askAbout(app, name);
  for (const name of names) {
    await expect(popup.card.getByRole("list", { name: "Risks" })).toBeVisible();
    await popup.page.waitForTimeout(resizeMs);
    await inBothThemes(app, popup.page, name);
    expect(await overlaps(popup.card), name).toEqual([]);
    await popup.page.keyboard.press("ArrowRight");
  }
});

test("cards that change while they are looked at", async ({ launch, place }) => {
  test.setTimeout(60_000);
  const app = await launch({ hidden: true });
  const popup = popupParts(await app.popup());
  const denyAll = async () => {
    for (const { id } of await app.gate.pending()) await app.gate.decide(id, { decision: "deny" });
    await expect(popup.card).toHaveCount(0);
  };
  for (const theme of ["light", "dark"] as const) {
    await askAbout(app, "command-high");
    await popup.allow.hover();
    await look(popup.allow);
    // The first picture in a theme takes longer than a button is held.
    await shoot(app, popup.page, `cards/held-${theme}`, { theme });
    await popup.page.mouse.down();
    await popup.page.waitForTimeout(300);
    await shoot(app, popup.page, `cards/held-${theme}`, { theme });
    await popup.page.mouse.move(-20, -20);
    await popup.page.mouse.up();
    await denyAll();
  }
  const high = await askAbout(app, "command-high");
  await look(popup.card);
  await popup.card.getByRole("button", { name: "note to the agent" }).click();
  await popup.page
    .getByLabel("Note to the agent")
    .fill(
      Array.from({ length: 9 }, (_, at) => `${at + 1}. Ask before you rewrite what others have.`).join("\n"),
    );
  await inBothThemes(app, popup.page, "note-long");
  await askAbout(app, "network");
  await look(popup.card);
  await look(popup.deny);
  await popup.deny.click();
  await look(popup.page.getByRole("button", { name: /Undo/ }));
  await inBothThemes(app, popup.page, "undo");
  await app.gate.settled(high);
  await denyAll();

  const first = await app.gate.ask("cart", "/shell_exec npm test", "claude-code");
  await answer(app, first, "popup", { decision: "allow", scope: "session_target" });
  await writeFile(join(place.work, "package.json"), JSON.stringify({ scripts: { test: "node deploy.js" } }));
  await app.gate.ask("cart", "/shell_exec npm test", "claude-code");
  await look(popup.card);
  await inBothThemes(app, popup.page, "changed");
  await expect(popup.allow).toHaveAttribute("data-hold");
  await expect(popup.card).toContainText("package.json's test script changed since you allowed it");
  await denyAll();

  const loosened = app.api.call("PUT", "/gatehouse/v1/settings", {
    body: { permissions: { defaultTier: "trusted" } },
  });
  await look(popup.card);
  await inBothThemes(app, popup.page, "loosening");
  await popup.denyWith("");
  await loosened;
});

test("all of them in the Inbox, one by one", async ({ app, tray }) => {
  test.setTimeout(60_000);
  const window = await app.window();
  await goTo(window, "Inbox");
  for (const name of names) await askAbout(app, name);
  const rows = window.getByRole("list", { name: "Requests" }).getByRole("checkbox", { name: /^Pick: / });
  await expect.poll(() => rows.count()).toBeGreaterThan(5);
  for (const [at, name] of names.entries()) {
    if (at > 0) await window.keyboard.press("j");
    await window.waitForTimeout(150);
    for (const [size, pixels] of Object.entries(sizes))
      await shoot(app, window, `cards/inbox-${size}-${name}`, {
        size: pixels,
        theme: at % 2 === 0 ? "light" : "dark",
      });
  }
  const words = (entries: readonly MenuEntry[], indent = ""): string =>
    entries
      .filter(({ isLine }) => !isLine)
      .map(({ label, entries: below }) => `${indent}${label}\n${words(below, `${indent}    `)}`)
      .join("");
  await writeFile(join(root, "dist/pictures/cards/tray.txt"), words(await tray.menu()));
});

test("what notifications say of them", async ({ launch, notices }) => {
  const app = await launch({ hidden: true, settings: { notifications: { popup: false } } });
  const told: Notice[] = [];
  for (const name of names.slice(0, 12)) {
    const id = await askAbout(app, name);
    told.push(await notices.notice("wants to"));
    await app.gate.decide(id, { decision: "deny" });
    await notices.none();
  }
  await mkdir(join(root, "dist/pictures/cards"), { recursive: true });
  await writeFile(join(root, "dist/pictures/cards/notices.txt"), JSON.stringify(told, null, 2));
});
