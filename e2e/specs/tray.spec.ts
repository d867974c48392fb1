import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test.use({ appOptions: { hidden: true } });

test("icon and tooltip say what waits, and the menu allows it", async ({ app, tray, place }) => {
  const idle = await tray.icon();
  expect(await tray.tooltip()).toBe("Gatehouse — Nothing waits for you");

  const first = await app.gate.ask("docs", writeFile("a.txt", "from the tray"), "claude-code");
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — 1 request waits for you, 1 run at work");
  const one = await tray.icon();
  expect(one).not.toBe(idle);
  const second = await app.gate.ask("other", writeFile("b.txt"), "codex");
  await expect.poll(() => tray.tooltip()).toContain("2 requests wait for you");
  await expect.poll(() => tray.icon()).not.toBe(one);

  await tray.press(/^claude-code: .*a\.txt/, "Allow once");
  expect(await app.gate.settled(first.id)).toMatchObject({ status: "allowed", decidedBy: { kind: "tray" } });
  await app.gate.ended(first.runId);
  expect(await readFile(join(place.work, "a.txt"), "utf8")).toBe("from the tray");
  await expect.poll(() => tray.icon()).toBe(one);

  await tray.press(/^codex: .*b\.txt/, "Deny");
  expect(await app.gate.settled(second.id)).toMatchObject({ status: "denied", decidedBy: { kind: "tray" } });
  await expect.poll(() => tray.icon()).toBe(idle);
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — Nothing waits for you");
});

test("the menu warns of high risk and shows no command whole that it cuts", async ({ app, tray }) => {
  const long = `git push --force origin ${"very-long-branch-name-".repeat(12)}`;
  await app.gate.ask("docs", `/shell_exec ${long}`);
  await expect
    .poll(async () => (await tray.menu()).find(({ entries }) => entries.length > 0)?.label)
    .toMatch(/^claude-code: run .git push --force .*…$/);
  const request = (await tray.menu()).find(({ entries }) => entries.length > 0);
  expect(request?.entries.filter(({ isLine }) => !isLine).map(({ label }) => label)).toEqual([
    "Allow once (high risk)",
    "Deny",
    "Show…",
  ]);
});

test("a run at work shows in the icon", async ({ app, tray }) => {
  const idle = await tray.icon();
  const request = await app.gate.ask(
    "docs",
    '/shell_exec {"argv":["node","-e","setTimeout(() => {}, 20000)"]}',
  );
  await app.gate.decide(request.id, { decision: "allow" });
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — 1 run at work");
  expect(await tray.icon()).not.toBe(idle);
  await app.api.post(`/gatehouse/v1/runs/${request.runId}/cancel`, {});
  await expect.poll(() => tray.icon()).toBe(idle);
});
