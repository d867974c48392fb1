import type { Locator, Page } from "@playwright/test";
import type { App } from "../fixtures/desktop/app.ts";
import { look, popupParts, takeUp } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test.use({ appOptions: { hidden: true } });

const forcePush = "/shell_exec git push --force origin main";

/** The window on the screen. */
const bounds = ({ electron }: App) =>
  electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((each) => each.webContents.getURL().startsWith("gatehouse-app://popup/"))
      ?.getBounds(),
  );

const middle = async (target: Locator) => {
  const box = await target.boundingBox();
  if (box === null) throw new Error("it is not there");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

async function clickTwice(page: Page, target: Locator, pauseMs: number): Promise<void> {
  const { x, y } = await middle(target);
  await page.mouse.move(x, y);
  await page.mouse.click(x, y);
  await page.waitForTimeout(pauseMs);
  // A hand that clicks twice trembles.
  await page.mouse.move(x + 3, y - 2);
  await page.mouse.click(x + 3, y - 2);
}

const status = async (app: App, { id }: { id: string }) => (await app.gate.request(id)).status;

test("nothing moves under the pointer when more arrives: neither the window nor a button", async ({
  app,
}) => {
  await app.gate.ask("one", writeFile("one.txt"));
  const popup = popupParts(await app.popup());
  await popup.openChoices();
  const wide = popup.choices.getByRole("button").last();
  const { x, y } = await middle(wide);
  await popup.page.mouse.move(x, y);
  await look(wide);
  const before = { window: await bounds(app), button: await wide.boundingBox() };
  const long = Array.from({ length: 60 }, (_, at) => `line ${at}`).join("\n");
  for (const name of ["two", "three"]) await app.gate.ask(name, writeFile(`${name}.txt`, long));
  await expect(popup.page.getByText("2 more")).toBeVisible();
  expect({ window: await bounds(app), button: await wide.boundingBox() }).toEqual(before);

  // A card that needs more room gets it only when the pointer has left.
  await popup.page.keyboard.press("ArrowRight");
  await expect(popup.card).toContainText("two.txt");
  await look(popup.card);
  expect(await bounds(app)).toEqual(before.window);
  await popup.page.mouse.move(-20, -20);
  await expect.poll(async () => (await bounds(app))?.height).toBeGreaterThan(before.window?.height ?? 0);
  expect((await bounds(app))?.width).toBe(before.window?.width);
});

test("a button that has moved, or has just come up, takes no click yet", async ({ app }) => {
  const request = await app.gate.ask("one", writeFile("one.txt"));
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await popup.page.evaluate(() => {
    const root = document.querySelector<HTMLElement>("#root > div");
    if (root !== null) root.style.height = "calc(100vh - 36px)";
  });
  await popup.allow.click();
  expect(await status(app, request)).toBe("pending");
  await popup.allowOnce();
  expect((await app.gate.settled(request.id)).status).toBe("allowed");
});

for (const pauseMs of [300, 400, 700]) {
  test(`a double click of ${pauseMs} ms answers one card`, async ({ app }) => {
    const first = await app.gate.ask("one", writeFile("one.txt"));
    const second = await app.gate.ask("two", writeFile("two.txt"));
    const popup = popupParts(await app.popup());
    await look(popup.card);
    await clickTwice(popup.page, popup.allow, pauseMs);
    expect((await app.gate.settled(first.id)).status).toBe("allowed");
    await expect(popup.card).toContainText("two.txt");
    expect(await status(app, second)).toBe("pending");
    await popup.allowOnce();
    expect((await app.gate.settled(second.id)).status).toBe("allowed");
  });
}

test("high risk is allowed by holding only: no click, no double click, no key press", async ({ app }) => {
  const request = await app.gate.ask("one", forcePush);
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await takeUp(popup.page);
  await look(popup.allow);
  await popup.allow.click();
  await popup.page.waitForTimeout(900);
  await clickTwice(popup.page, popup.allow, 400);
  await popup.page.keyboard.press("Enter");
  await popup.page.keyboard.press("Control+Enter");
  // Let go too early.
  await popup.allow.click({ delay: 500 });
  expect(await status(app, request)).toBe("pending");

  const { x, y } = await middle(popup.allow);
  await popup.page.mouse.move(x, y);
  await popup.page.mouse.down();
  const progress = popup.allow.getByRole("progressbar");
  await expect(progress).toHaveAttribute("aria-valuenow", /[3-9]\d/);
  await popup.page.waitForTimeout(900);
  await popup.page.mouse.up();
  expect((await app.gate.settled(request.id)).status).toBe("allowed");
});

test("high risk can be held by key, and not by what the keyboard repeats", async ({ app }) => {
  const request = await app.gate.ask("one", forcePush);
  const page = await app.popup();
  const popup = popupParts(page);
  await look(popup.card);
  await takeUp(page);
  await look(popup.card);
  await page.keyboard.down("Enter");
  await page.waitForTimeout(1_100);
  await page.keyboard.up("Enter");
  expect((await app.gate.settled(request.id)).status).toBe("allowed");
});

test("a key that is held answers one card at most, in the popup and in the Inbox", async ({ app }) => {
  const requests = [];
  for (let at = 0; at < 6; at += 1) requests.push(await app.gate.ask(`s${at}`, writeFile(`${at}.txt`)));
  const page = await app.popup();
  const popup = popupParts(page);
  await look(popup.card);
  await takeUp(page);
  await look(popup.card);
  const hold = async (on: Page, key: string) => {
    await on.keyboard.down(key);
    for (let at = 0; at < 60; at += 1) {
      await on.keyboard.down(key);
      await on.waitForTimeout(50);
    }
    await on.keyboard.up(key);
  };
  await hold(page, "Enter");
  expect(await app.gate.pending()).toHaveLength(5);
  await popup.allow.focus();
  await hold(page, "Space");
  await hold(page, "Enter");
  expect((await app.gate.pending()).length).toBeGreaterThanOrEqual(3);

  await page.keyboard.press("Escape");
  await app.electron.evaluate(({ app: shell }) => shell.emit("activate"));
  expect((await app.gate.pending()).length).toBeGreaterThanOrEqual(3);
});

test("what covers more comes last, asks back, and does not cover high risk", async ({ app }) => {
  const request = await app.gate.ask("work", "/shell_exec git status");
  const popup = popupParts(await app.popup());
  await popup.openChoices();
  const wide = popup.choices.getByRole("button").last();
  await expect(wide).toContainText("Every known command");
  await look(wide);
  await clickTwice(popup.page, wide, 700);
  await expect(popup.askedBack).toContainText("High risk always is");
  expect(await status(app, request)).toBe("pending");
  const confirm = popup.askedBack.getByRole("button", { name: "Allow and remember" });
  await look(confirm);
  await confirm.click();
  expect(await app.gate.settled(request.id)).toMatchObject({ status: "allowed", scope: "session" });
  await app.gate.ended(request.runId);

  const log = await app.gate.start("work", "/shell_exec git status --short");
  await app.gate.ended(log.id);
  const grave = await app.gate.ask("work", forcePush);
  expect(await status(app, grave)).toBe("pending");
  await expect(popup.card).toContainText("git push");
  await popup.openChoices().catch(() => undefined);
  await expect(popup.choices).not.toContainText("Every known command");
});
