import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { appEnvironment, program } from "../fixtures/desktop/app.ts";
import { answerDialogs, askedDialogs } from "../fixtures/desktop/dialogs.ts";
import { goTo } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test("killed while a request waits: after the restart it is withdrawn, and the history says why", async ({
  launch,
}) => {
  const before = await launch({ hidden: true });
  const request = await before.gate.ask("docs", writeFile("a.txt"));
  await before.kill();

  const after = await launch();
  expect(await after.gate.pending()).toEqual([]);
  const settled = await after.gate.request(request.id);
  expect(settled).toMatchObject({ status: "withdrawn", decidedBy: { kind: "system" } });
  expect(settled.reason).not.toBe("");
  expect(await after.gate.activeRuns()).toEqual([]);
  expect((await after.gate.run(request.runId)).status).toBe("failed");
  const window = await after.window();
  await goTo(window, "History");
  const row = window.getByRole("listbox", { name: /Decisions/ }).getByRole("option");
  await expect(row).toContainText("Withdrawn");
  await row.click();
  await expect(window.getByRole("complementary", { name: "Decision" })).toContainText(settled.reason ?? "");
});

test("closing the window keeps everything running, and the tray opens it again", async ({ app, tray }) => {
  const window = await app.window();
  await goTo(window, "Runs");
  const closed = window.waitForEvent("close");
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.close());
  await closed;
  expect(await app.state("window")).toBeNull();
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await tray.press("Open Gatehouse");
  await expect((await app.window()).getByRole("article")).toContainText("a.txt");
  expect((await app.gate.request(request.id)).status).toBe("pending");
});

test("a second start shows the window of the first", async ({ launch, place }) => {
  const app = await launch({ hidden: true });
  expect(await app.state("window")).toBeNull();
  const { executable, args } = program("source");
  const second = spawn(executable, [...args, "--home", place.home], {
    env: appEnvironment(place),
    stdio: "ignore",
  });
  expect(await once(second, "exit")).toEqual([0, null]);
  await expect((await app.window()).getByRole("heading", { name: "Inbox" })).toBeVisible();
  expect((await app.api.get("/gatehouse/v1/health")).status).toBe(200);
});

test("quitting asks while a run is active, and goes on only if that is meant", async ({ app, tray }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await answerDialogs(app, "Keep running");
  await tray.press("Quit Gatehouse");
  await expect.poll(() => askedDialogs(app)).toHaveLength(1);
  expect((await askedDialogs(app))[0]?.message).toBe("A run is still at work.");
  expect((await app.gate.request(request.id)).status).toBe("pending");

  await answerDialogs(app, "Quit and cancel");
  await tray.press("Quit Gatehouse");
  expect(await app.exited).toBe(0);
});

test("quitting does not ask when nothing runs", async ({ app, tray }) => {
  await answerDialogs(app, "Keep running");
  await tray.press("Quit Gatehouse");
  expect(await app.exited).toBe(0);
});

test("SIGTERM drains: what waits is settled, streams end, nothing is left", async ({ launch, place }) => {
  const app = await launch({ hidden: true });
  const waiting = await app.glue.runUntilAsked("docs", writeFile("a.txt"));
  const exit = app.close();
  const frames = await waiting.stream.ended;
  expect(frames.at(-1)?.event).toBe("run_error");
  expect(await exit).toBe(0);
  expect(existsSync(join(place.home, "daemon.json"))).toBe(false);
  expect(existsSync(place.metadata)).toBe(false);

  const again = await launch({ hidden: true });
  expect((await again.gate.request(waiting.permissionId)).status).not.toBe("pending");
  expect((await again.gate.run(waiting.runId)).endedAt).not.toBeNull();
  expect(existsSync(join(place.work, "a.txt"))).toBe(false);
});
