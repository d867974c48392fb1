import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { call, writeFile } from "../fixtures/glue.ts";

/** Notifications alone: while the popup shows a request they wait. */
test.use({ appOptions: { hidden: true, settings: { notifications: { popup: false } } } });

test("a button on the notification allows", async ({ app, notices, place }) => {
  const request = await app.gate.ask("docs", "/shell_exec git init made", "claude-code");
  const notice = await notices.notice("claude-code wants to");
  expect(notice.body).toMatch(/^In .+: run .git init made.$/);
  expect(notice.buttons).toEqual(["Allow once", "Deny", "Show"]);
  await notices.press(notice, "Allow once");
  expect(await app.gate.settled(request.id)).toMatchObject({
    status: "allowed",
    decidedBy: { kind: "notification" },
  });
  await app.gate.ended(request.runId);
  expect(await readFile(join(place.work, "made", ".git", "HEAD"), "utf8")).toContain("ref:");
  await notices.none();
});

test("a button on the notification denies", async ({ app, notices }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await notices.press(await notices.notice("wants to"), "Deny");
  expect(await app.gate.settled(request.id)).toMatchObject({
    status: "denied",
    decidedBy: { kind: "notification" },
  });
});

test("a click on the notification shows the request and decides nothing", async ({ app, notices }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await notices.notice("wants to");
  expect((await app.state("popup"))?.isVisible).toBe(false);
  await notices.click();
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(true);
  expect((await app.gate.request(request.id)).status).toBe("pending");
});

test("is withdrawn when the request is answered elsewhere", async ({ app, notices }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await notices.notice("wants to");
  expect(await notices.count()).toBe(1);
  await app.gate.decide(request.id, { decision: "deny" });
  await notices.none();
});

test("what is of high risk has to be looked at before it is allowed", async ({ app, notices }) => {
  await app.gate.ask("docs", "/shell_exec git push --force origin main");
  const notice = await notices.notice("wants to");
  expect(notice.body).toContain("high risk");
  expect(notice.buttons).toEqual(["Look at it", "Deny"]);
});

test("a change or an input that is not in sight has to be looked at", async ({ app, notices }) => {
  const change = await app.gate.ask("docs", writeFile("a.txt"));
  expect((await notices.notice("wants to create")).buttons).toEqual(["Look at it", "Deny"]);
  await app.gate.decide(change.id, { decision: "deny" });
  await notices.none();
  const stdin = "all:\n\techo ` in <b>~/safe</b>\n";
  await app.gate.ask("other", call("shell_exec", { argv: ["git", "hash-object", "--stdin"], stdin }));
  const notice = await notices.notice("wants to run");
  // A tag is none, whether it is escaped or taken apart.
  expect(notice.body).toMatch(/with input `all:\\n\\techo \\x60 in (<\u2060b>|&lt;b&gt;)~\/safe/);
  expect(notice.buttons).toEqual(["Look at it", "Deny"]);
});

test("privacy keeps targets and arguments off the screen", async ({ app, notices }) => {
  await app.gate.changeSettings({ notifications: { privacy: true } });
  await app.gate.ask("docs", writeFile("salary.txt", "secret"), "claude-code");
  const notice = await notices.notice("claude-code");
  expect(`${notice.title} ${notice.body}`).toBe("claude-code asks for permission write_file");
  expect(notice.buttons).toEqual(["Look at it", "Deny"]);
});

test("a burst becomes one notification", async ({ app, notices }) => {
  const requests = await Promise.all(
    Array.from({ length: 5 }, (_, index) => app.gate.ask(`burst-${index}`, writeFile(`${index}.txt`))),
  );
  const notice = await notices.notice("5 requests wait for you");
  expect(notice.buttons).toEqual(["Show"]);
  await expect.poll(() => notices.count()).toBe(1);
  expect(notices.shown()).toHaveLength(1);
  for (const { id } of requests) await app.gate.decide(id, { decision: "deny" });
  await notices.none();
});

test("nothing is shown when notifications are off", async ({ app, notices, tray }) => {
  await app.gate.changeSettings({ notifications: { enabled: false, popup: true } });
  await app.gate.ask("docs", writeFile("a.txt"));
  await expect.poll(() => tray.tooltip()).toContain("1 request waits");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(true);
  expect(notices.shown()).toEqual([]);
});

test("a notification waits while the popup shows the request, and comes when nobody answers", async ({
  app,
  notices,
}) => {
  test.setTimeout(60_000);
  await app.gate.changeSettings({ notifications: { popup: true } });
  const answered = await app.gate.ask("docs", writeFile("a.txt"));
  const waits = await app.gate.ask("docs-2", writeFile("b.txt"));
  const popup = popupParts(await app.popup());
  await popup.allowOnce();
  await app.gate.settled(answered.id);
  await expect(popup.card).toContainText("b.txt");
  await popup.page.waitForTimeout(18_000);
  expect(notices.shown()).toEqual([]);
  const notice = await notices.notice("wants to");
  expect(notice.body).toContain("b.txt");
  expect((await app.gate.request(waits.id)).status).toBe("pending");
});
