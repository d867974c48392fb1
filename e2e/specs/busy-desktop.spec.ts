import { hand, heardPress, keepBusy, onScreen } from "../fixtures/desktop/hand.ts";
import { look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test.use({ appOptions: { hidden: true } });

/** The display has one pointer, also for those who come next: a popup it rests on does not change its size. */
test.afterEach(() => hand("mousemove", 2, 2));

/** Longer than the guards ask for. */
const restMs = 900;

test("a tap is no hold, however late it is heard that it was let go", async ({ app }) => {
  const push = await app.gate.ask("one", "/shell_exec git push --force origin main");
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await look(popup.allow);
  const { x, y } = await onScreen(app, popup.allow);
  await hand("mousemove", x, y);
  await popup.page.waitForTimeout(restMs);

  const heard = heardPress(popup.page);
  const tap = hand("mousedown", 1, "sleep", 0.3, "mouseup", 1);
  await heard;
  await keepBusy(app, 1_500);
  await tap;
  await popup.page.waitForTimeout(2_500);
  expect((await app.gate.request(push.id)).status).toBe("pending");

  // Held to its end it counts, also after that.
  await hand("mousedown", 1);
  await expect.poll(async () => (await app.gate.request(push.id)).status).toBe("allowed");
  await hand("mouseup", 1);
});

test("a double click answers one card, however late its second half is heard", async ({ app }) => {
  const first = await app.gate.ask("one", writeFile("one.txt"));
  const second = await app.gate.ask("two", writeFile("two.txt"));
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await look(popup.allow);
  const { x, y } = await onScreen(app, popup.allow);
  await hand("mousemove", x, y);
  await popup.page.waitForTimeout(restMs);

  const clicks = hand("click", 1, "sleep", 0.6, "click", 1);
  await expect(popup.card).toContainText("two.txt");
  await keepBusy(app, 1_500);
  await clicks;
  await popup.page.waitForTimeout(2_500);
  expect((await app.gate.request(first.id)).status).toBe("allowed");
  expect((await app.gate.request(second.id)).status).toBe("pending");

  await popup.page.mouse.move(2, 2);
  await popup.allow.click();
  await expect.poll(async () => (await app.gate.request(second.id)).status).toBe("allowed");
});

test("a card stays whole and can be answered while many others come and go", async ({ app }) => {
  test.setTimeout(60_000);
  await app.gate.ask("one", writeFile("one.txt"));
  const second = await app.gate.ask("two", writeFile("two.txt"));
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await popup.page.mouse.click(4, 4);
  await popup.page.keyboard.press("ArrowRight");
  await expect(popup.card).toContainText("two.txt");
  await look(popup.card);
  const shown = async () => (await popup.card.innerText()).replace(/\d+:\d\d left/, "");
  const whole = await shown();
  for (let at = 0; at < 25; at += 1) {
    const run = await app.gate.start(`more-${at}`, writeFile(`more-${at}.txt`));
    await app.gate.asked(run);
    await app.api.post(`/gatehouse/v1/runs/${run.id}/cancel`, {});
    await app.gate.ended(run.id);
  }
  expect(await shown()).toBe(whole);
  await popup.allow.click();
  await expect.poll(async () => (await app.gate.request(second.id)).status).toBe("allowed");
});
