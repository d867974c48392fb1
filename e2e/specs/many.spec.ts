import type { Page } from "@playwright/test";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

/** Generous on purpose: what is looked for is a page that freezes. The figures are kept with the results. */
const freezeMs = 700;

/** The longest time the page could not draw while something went on. */
async function longestFrame(page: Page, body: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const state = window as unknown as { watching: boolean; longest: number };
    state.watching = true;
    state.longest = 0;
    let last = performance.now();
    const frame = (now: number) => {
      state.longest = Math.max(state.longest, now - last);
      last = now;
      if (state.watching) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await body();
  return page.evaluate(() => {
    const state = window as unknown as { watching: boolean; longest: number };
    state.watching = false;
    return Math.round(state.longest);
  });
}

test("five hundred requests: everything stays usable, and one decision clears them", async ({
  app,
  tray,
}) => {
  test.setTimeout(60_000);
  const window = await app.window();
  const popup = popupParts(await app.popup());
  // The popup does not come up over the Inbox, so the first comes while another page is looked at.
  await goTo(window, "Runs");
  await app.gate.ask("first", writeFile("first.txt"));
  await look(popup.card);
  await goTo(window, "Inbox");
  const asking = async () => {
    for (let block = 0; block < 10; block += 1) {
      const names = Array.from({ length: 50 }, (_, index) => `many-${block}-${index}`).slice(
        block === 0 ? 1 : 0,
      );
      await Promise.all(names.map((name) => app.gate.start(name, writeFile(`${name}.txt`))));
    }
    await expect.poll(async () => (await app.gate.pending()).length, { timeout: 20_000 }).toBe(500);
    await expect(window.getByRole("main")).toContainText("500 waiting");
  };
  const whileAsking = await longestFrame(window, asking);
  await expect(popup.more).toContainText("499 more");

  const list = window.getByRole("list", { name: "Requests" });
  const whileScrolling = await longestFrame(window, async () => {
    for (const step of [0.25, 0.5, 0.75, 1]) {
      await list.evaluate((element, part) => {
        const scroller = element.parentElement;
        if (scroller !== null) scroller.scrollTop = part * scroller.scrollHeight;
      }, step);
      await expect(list.getByRole("listitem").first()).toBeVisible();
    }
  });
  expect(await list.getByRole("listitem").count()).toBeLessThan(60);
  await popup.more.click();
  await expect(popup.page.getByRole("heading", { name: "500 waiting" })).toBeVisible();

  const entries = await tray.menu();
  expect(entries.filter(({ entries: inside }) => inside.length > 0)).toHaveLength(12);
  expect(entries.some(({ label }) => label === "488 more in the inbox…")).toBe(true);

  await list.evaluate((element) => element.parentElement?.scrollTo(0, 0));
  await window.getByRole("checkbox", { name: /^Pick all/ }).click();
  await window
    .getByRole("toolbar", { name: "Picked requests" })
    .getByRole("button", { name: "Deny…" })
    .click();
  const confirm = window.getByRole("dialog").getByRole("button", { name: "Deny 500 requests" });
  await look(confirm);
  const startedAt = performance.now();
  const whileDeciding = await longestFrame(window, async () => {
    await confirm.click();
    await expect.poll(async () => (await app.gate.pending()).length, { timeout: 20_000 }).toBe(0);
    await expect(window.getByRole("dialog")).toHaveCount(0);
  });
  const denying = Math.round(performance.now() - startedAt);
  await expect.poll(() => tray.tooltip()).toContain("Nothing waits");
  await expect.poll(async () => (await app.state("popup"))?.isVisible, { timeout: 10_000 }).toBe(false);

  const figures = { whileAsking, whileScrolling, whileDeciding, denying };
  test.info().annotations.push({ type: "longest frames in ms", description: JSON.stringify(figures) });
  expect(Math.max(whileAsking, whileScrolling, whileDeciding)).toBeLessThan(freezeMs);
});

test("a command of many thousand lines can be read to its end before it is answered", async ({ launch }) => {
  const app = await launch({ hidden: true });
  const popup = popupParts(await app.popup());
  const script = `${"console.log('on and on');\n".repeat(15_000)}console.log("the very end")`;
  const run = await app.gate.start("docs", `/shell_exec ${JSON.stringify({ argv: ["node", "-e", script] })}`);
  const whileShowing = await longestFrame(popup.page, async () => {
    await app.gate.asked(run);
    await look(popup.card);
  });
  await expect(popup.card).toContainText(/15,001 lines · 39\d,\d{3} characters · scroll to read all of it/);
  const lines = popup.page.getByRole("list", { name: "Script" });
  const end = lines.getByText("the very end");
  await expect(end).toHaveCount(0);
  await expect(async () => {
    await lines.evaluate((element) => element.parentElement?.scrollTo(0, element.scrollHeight));
    await expect(end).toBeVisible({ timeout: 250 });
  }).toPass();

  await popup.page.getByRole("button", { name: "Copy command" }).click();
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(async () => (await copied()).length).toBeGreaterThan(390_000);
  expect(await copied()).toContain("the very end");
  const box = await popup.allow.boundingBox();
  const height = (await app.state("popup"))?.height ?? 0;
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
  await popup.denyWith("Put it into a file.");
  expect((await app.gate.results(run.id))[0]?.decidedBy).toMatchObject({ kind: "popup" });

  test.info().annotations.push({ type: "longest frame in ms", description: String(whileShowing) });
  expect(whileShowing).toBeLessThan(freezeMs);
});
