import type { Locator, Page } from "@playwright/test";
import type { App } from "../fixtures/desktop/app.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import { goTo, look, popupParts, pressOn, takeUp } from "../fixtures/desktop/person.ts";
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

/** As a keyboard repeats. */
async function holdKey(page: Page, key: string): Promise<void> {
  await page.keyboard.down(key);
  for (let at = 0; at < 40; at += 1) {
    await page.keyboard.down(key);
    await page.waitForTimeout(50);
  }
  await page.keyboard.up(key);
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

/** Presses on and on, as steadily as somebody who is at it in another window, until told to stop. */
async function pressOnAndOn(
  { electron }: App,
  what: { x: number; y: number } | "Enter",
): Promise<() => Promise<void>> {
  const timer = await electron.evaluate(({ BrowserWindow }, given) => {
    const popup = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().startsWith("gatehouse-app://popup/"),
    )?.webContents;
    const press = () => {
      if (given === "Enter") {
        popup?.sendInputEvent({ type: "keyDown", keyCode: "Enter" });
        popup?.sendInputEvent({ type: "keyUp", keyCode: "Enter" });
        return;
      }
      const { x, y } = given;
      popup?.sendInputEvent({ type: "mouseDown", x, y, button: "left", clickCount: 1 });
      popup?.sendInputEvent({ type: "mouseUp", x, y, button: "left", clickCount: 1 });
    };
    return Number(setInterval(press, 180));
  }, what);
  return () => electron.evaluate((_, id) => clearInterval(id), timer);
}

for (const by of ["click", "Enter"] as const) {
  test(`who presses on and on where a card comes up answers nothing by it: ${by}`, async ({ app }) => {
    const first = await app.gate.ask("one", writeFile("one.txt"));
    const popup = popupParts(await app.popup());
    await look(popup.card);
    await takeUp(popup.page);
    const { x, y } = await middle(popup.allow);
    await app.gate.decide(first.id, { decision: "deny" });
    await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
    const stop = await pressOnAndOn(app, by === "Enter" ? by : { x: Math.round(x), y: Math.round(y) });
    const next = await app.gate.ask("two", writeFile("two.txt"));
    await expect(popup.card).toContainText("two.txt");
    await popup.page.waitForTimeout(2_500);
    await stop();
    expect(await status(app, next)).toBe("pending");
    await popup.allowOnce();
    expect((await app.gate.settled(next.id)).status).toBe("allowed");
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
  await holdKey(page, "Enter");
  expect(await app.gate.pending()).toHaveLength(5);
  await popup.allow.focus();
  await holdKey(page, "Space");
  await holdKey(page, "Enter");
  expect((await app.gate.pending()).length).toBeGreaterThanOrEqual(3);
});

test("a key that is held answers one at most in the Inbox, the palette and a dialog", async ({ launch }) => {
  const app = await launch({ hidden: false });
  const window = await app.window();
  for (let at = 0; at < 5; at += 1) await app.gate.ask(`s${at}`, writeFile(`${at}.txt`));
  const card = window.getByRole("article");
  await look(card);
  await takeUp(window);
  await look(card);
  await holdKey(window, "a");
  expect(await app.gate.pending()).toHaveLength(4);
  await look(card);
  await holdKey(window, "d");
  expect((await app.gate.pending()).length).toBe(3);

  await window.keyboard.press("Control+a");
  await window.keyboard.press("a");
  const dialog = window.getByRole("dialog");
  await look(dialog);
  await dialog.getByRole("button", { name: "Allow 3 requests once" }).focus();
  await window.keyboard.down("Shift");
  await window.keyboard.up("Shift");
  await holdKey(window, "Escape");
  await window.keyboard.press("Control+k");
  await window.keyboard.type("s");
  await holdKey(window, "Enter");
  expect((await app.gate.pending()).length).toBe(3);
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

test("Later turns to what else waits and decides nothing; so does closing", async ({ app, tray }) => {
  const [first, second] = [
    await app.gate.ask("one", writeFile("one.txt")),
    await app.gate.ask("two", writeFile("two.txt")),
  ];
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await popup.later.click();
  await expect(popup.card).toContainText("two.txt");
  await look(popup.card);
  await popup.close.click();
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
  expect([await status(app, first), await status(app, second)]).toEqual(["pending", "pending"]);
  await tray.click();
  await look(popup.card);
  await popup.allowOnce();
  await popup.allowOnce();
  for (const { id } of [first, second]) expect((await app.gate.settled(id)).status).toBe("allowed");
});

test("a denial can be taken back for five seconds, in which the agent hears nothing", async ({ app }) => {
  const request = await app.gate.ask("one", writeFile("one.txt"));
  const popup = popupParts(await app.popup());
  await popup.denyWith("");
  const undo = popup.page.getByRole("button", { name: "Undo the denial" });
  await expect(undo).toBeVisible();
  expect(await status(app, request)).toBe("pending");
  expect((await app.gate.run(request.runId)).endedAt).toBeNull();
  await undo.click();
  await expect(popup.allow).toBeVisible();
  await popup.page.waitForTimeout(6_000);
  expect(await status(app, request)).toBe("pending");

  await popup.denyWith("");
  expect(await app.gate.settled(request.id)).toMatchObject({
    status: "denied",
    decidedBy: { kind: "popup" },
  });
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
});

test("with others waiting the way back stands in the last line", async ({ app }) => {
  const first = await app.gate.ask("one", writeFile("one.txt"));
  await app.gate.ask("two", writeFile("two.txt"));
  const popup = popupParts(await app.popup());
  await popup.denyWith("");
  await expect(popup.card).toContainText("two.txt");
  await popup.page.getByRole("button", { name: "Undo the denial" }).click();
  await expect(popup.card).toContainText("one.txt");
  expect((await app.gate.pending()).map(({ id }) => id)).toContain(first.id);
});

test("killed before a denial took effect, it is on record as denied", async ({ launch, place }) => {
  const app = await launch({}, place);
  const request = await app.gate.ask("one", writeFile("one.txt"));
  await popupParts(await app.popup()).denyWith("Not in this folder.");
  await app.kill();
  const next = await launch({}, place);
  expect(await next.gate.request(request.id)).toMatchObject({
    status: "denied",
    decidedBy: { kind: "popup" },
    reason: "Not in this folder.",
  });
});

test("no popup over an Inbox that is looked at; it comes when the person turns away", async ({ launch }) => {
  const app = await launch({ hidden: false });
  const window = await app.window();
  await expect.poll(async () => (await app.state("window"))?.isFocused).toBe(true);
  await app.gate.ask("one", writeFile("one.txt"));
  await look(window.getByRole("article"));
  expect((await app.state("popup"))?.isVisible).toBe(false);
  await goTo(window, "Runs");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(true);
});

test("equal requests are one row in the question before many answers, which opens at its top", async ({
  launch,
}) => {
  const app = await launch({ hidden: false });
  const window = await app.window();
  for (let at = 0; at < 8; at += 1) await app.gate.start(`same-${at}`, "/shell_exec npm install left-pad");
  for (let at = 0; at < 12; at += 1) await app.gate.start(`other-${at}`, writeFile(`${at}.txt`));
  for (let at = 0; at < 3; at += 1) await app.gate.start(`grave-${at}`, forcePush);
  await expect.poll(async () => (await app.gate.pending()).length).toBe(23);
  await window.getByRole("checkbox", { name: /^Pick all/ }).click();
  await window
    .getByRole("toolbar", { name: "Picked requests" })
    .getByRole("button", { name: "Allow once…" })
    .click();
  const dialog = window.getByRole("dialog");
  await look(dialog);
  const rows = dialog.getByRole("listitem");
  await expect(rows.first()).toContainText("git push --force origin main");
  await expect(rows.first()).toBeInViewport({ ratio: 0.9 });
  await expect(dialog).toContainText("3 of high risk are left out");
  await expect(dialog.getByText("8 ×")).toBeVisible();
  await dialog.getByRole("checkbox").nth(1).click();
  const confirm = dialog.getByRole("button", { name: "Allow 21 requests once" });
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `inbox-many-asked-${theme}`, { theme });
  await look(confirm);
  await pressOn(confirm);
  await expect.poll(async () => (await app.gate.pending()).length, { timeout: 10_000 }).toBe(2);
  for (const { riskLevel } of await app.gate.pending()) expect(riskLevel).toBe("high");
});

test("in a low window the answers stay in view, also while choices and a note are open", async ({
  launch,
}) => {
  const app = await launch({ hidden: false });
  const window = await app.window();
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.webContents.getURL().startsWith("gatehouse-app://window/"))
      ?.setSize(760, 480);
  });
  const long = Array.from({ length: 80 }, (_, at) => `line ${at}`).join("\n");
  const request = await app.gate.ask("one", writeFile("one.txt", long));
  const card = window.getByRole("article");
  await look(card);
  const buttons = ["Allow once", "Deny"].map((name) => card.locator("button").filter({ hasText: name }));
  for (const button of buttons) await expect(button).toBeInViewport({ ratio: 1 });
  await shoot(app, window, "inbox-low-light", { size: { width: 760, height: 480 } });
  await card.locator("button").filter({ hasText: "Allow…" }).click();
  await card.getByRole("button", { name: "note to the agent" }).click();
  await window.getByLabel("Note to the agent").fill("one\ntwo\nthree");
  await look(card);
  await shoot(app, window, "inbox-low-open-dark", { size: { width: 760, height: 480 }, theme: "dark" });
  for (const button of buttons) await expect(button).toBeInViewport({ ratio: 1 });
  // Taking the picture resized the page.
  await look(card);
  await buttons[0]?.click();
  expect((await app.gate.settled(request.id)).status).toBe("allowed");
});
