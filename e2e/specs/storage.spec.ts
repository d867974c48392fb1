import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createApi } from "../fixtures/api.ts";
import { appEnvironment, program, readConnection } from "../fixtures/desktop/app.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import { goTo, look } from "../fixtures/desktop/person.ts";
import { answer } from "../fixtures/desktop/scene.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import type { DaemonPlace } from "../fixtures/daemon.ts";
import { eventually } from "../fixtures/eventually.ts";
import { writeFile } from "../fixtures/glue.ts";
import { personsToken } from "../fixtures/handshake.ts";
import { mountSmallDisk, whyNoSmallDisk } from "../fixtures/small-disk.ts";

test("a damaged history is told on every page, and the backup is back after one click", async ({
  launch,
  place,
}) => {
  test.setTimeout(90_000);
  const first = await launch();
  const request = await first.gate.ask("docs", writeFile("a.txt"));
  await answer(first, request, "window", { decision: "deny" });
  expect((await first.api.post("/gatehouse/v1/storage/backups", {})).status).toBe(201);
  await first.close();
  const file = join(place.home, "gatehouse.db");
  writeFileSync(file, readFileSync(file).fill(0xa5, 4096, 40_960));

  const second = await launch();
  const window = await second.window();
  const banner = window.getByRole("alert");
  await expect(banner).toContainText("Your history was damaged");
  await expect(banner).toContainText(/kept as gatehouse-damaged-\S+\.db/);
  for (const theme of ["light", "dark"] as const) {
    await shoot(second, window, `storage-damaged-${theme}`, { theme, size: { width: 1000, height: 640 } });
  }
  await goTo(window, "History");
  await expect(banner).toBeVisible();
  await banner.getByRole("button", { name: "Restore a backup…" }).click();
  const dialog = window.getByRole("dialog", { name: "Go back to a backup?" });
  await expect(dialog).toContainText("Gatehouse starts anew");
  await shoot(second, window, "storage-restore", { size: { width: 1000, height: 640 } });
  await dialog.getByRole("button", { name: "Restore and start anew" }).click();
  expect(await second.exited).toBe(0);
  // Playwright ends what an app that it watches has started; here it is a person who opens it again.
  await endStartedAnew(place);

  const third = await launch();
  expect((await third.gate.request(request.id)).status).toBe("denied");
  await expect((await third.window()).getByRole("alert")).toContainText("You are back at a backup");
  await (await third.window()).getByRole("alert").getByRole("button", { name: "OK" }).click();
  await expect((await third.window()).getByRole("alert")).toHaveCount(0);
});

test("a full disk is told in window and tray, allows nothing, and is over once there is room", async ({
  launch,
  place,
  trayHost,
}) => {
  test.skip(whyNoSmallDisk !== null, whyNoSmallDisk ?? "");
  test.setTimeout(90_000);
  const disk = await mountSmallDisk(place.home, { kind: "memory", megabytes: 96 });
  try {
    const app = await launch();
    const tray = await trayHost.item(app.pid);
    const window = await app.window();
    const request = await app.gate.ask("docs", writeFile("a.txt"));
    disk.fill();
    const allow = window.getByRole("article").getByRole("button", { name: /^Allow once/ });
    await look(allow);
    await allow.click();
    await expect(window.getByRole("alert").filter({ hasText: "The disk is full" })).toBeVisible();
    await app.gate.settled(request.id);
    expect(await readdir(place.work)).not.toContain("a.txt");
    await expect.poll(() => tray.tooltip()).toContain("The disk is full");
    await shoot(app, window, "storage-full", { size: { width: 1000, height: 640 } });
    await goTo(window, "Diagnostics");
    await expect(window.getByText(/Nothing can be put on record, so nothing is allowed/)).toBeVisible();
    await disk.makeRoom();
    await expect(window.getByRole("alert").filter({ hasText: "The disk is full" })).toHaveCount(0);
    await expect.poll(() => tray.tooltip()).not.toContain("The disk is full");
    const next = await app.gate.ask("docs", writeFile("b.txt"));
    expect((await app.gate.request(next.id)).status).toBe("pending");
    await app.close();
  } finally {
    disk.unmount();
  }
});

test("the app starts itself anew with the backup", async ({ place }) => {
  test.setTimeout(90_000);
  const { executable, args } = program("source");
  const own = ["--home", place.home, "--work", place.work, "--metadata", place.metadata, "--hidden"];
  const child = spawn(executable, [...args, ...own], { env: appEnvironment(place), stdio: "ignore" });
  const exited = once(child, "exit");
  const before = createApi(await readConnection(place, child.pid ?? 0));
  const headers = { authorization: `Bearer ${await personsToken(before)}` };
  const { json } = await before.post("/gatehouse/v1/storage/backups", {});
  const { name } = json as { readonly name: string };
  const told = await before.post("/gatehouse/v1/storage/restore", { name }, { headers });
  expect([told.status, told.json]).toEqual([200, { restarts: true }]);
  expect(await exited).toEqual([0, null]);

  const pid = await eventually(
    async () =>
      (
        JSON.parse(await readFile(join(place.home, "daemon.json"), "utf8").catch(() => "{}")) as {
          pid?: number;
        }
      ).pid,
    (found) => found !== undefined && found !== child.pid,
    20_000,
  );
  const after = createApi(await readConnection(place, pid ?? 0));
  const status = await after.get("/gatehouse/v1/storage");
  expect(status.json).toMatchObject({ incident: { kind: "restored", detail: name } });
  process.kill(pid ?? 0, "SIGTERM");
  await eventually(
    async () => existsSync(join(place.home, "daemon.json")),
    (isThere) => !isThere,
    10_000,
  );
});

/** Until nothing of this home has been there for a second. */
async function endStartedAnew({ home }: DaemonPlace): Promise<void> {
  for (let quiet = 0; quiet < 10; quiet += 1) {
    for (const name of await readdir("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const line = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "");
      if (!line.includes(home) || Number(name) === process.pid) continue;
      quiet = 0;
      try {
        process.kill(Number(name), "SIGKILL");
      } catch {
        // It has ended meanwhile.
        continue;
      }
    }
    await pause(100);
  }
}

test("how long logs are kept is chosen in Settings, and how much there is told in Diagnostics", async ({
  app,
}) => {
  const window = await app.window();
  const main = window.getByRole("main");
  await goTo(window, "Settings");
  await main.getByRole("navigation").getByText("Storage").click();
  const days = main.getByLabel("Delete after").nth(1);
  await days.fill("30");
  await days.press("Enter");
  await expect(main.getByText("Saved")).toBeVisible();
  await expect
    .poll(async () => (await app.api.get("/gatehouse/v1/settings")).json)
    .toMatchObject({
      retention: { runLogsDays: 30, sessionsDays: null },
    });
  await days.fill("0.5");
  await days.press("Enter");
  await expect(main.getByText(/Not saved, so it is as before/)).toBeVisible();

  await goTo(window, "Diagnostics");
  const kept = main.locator("section").filter({ has: window.getByRole("heading", { name: "What is kept" }) });
  await kept.getByRole("button", { name: "Measure now" }).click();
  await expect(kept.getByText("Sessions and messages")).toBeVisible();
  await expect(kept).toContainText(/Logs of runs\s*[\d.]+ (kB|MB)/);
  await kept.getByRole("button", { name: "How long it is kept" }).click();
  await expect(main.getByRole("heading", { name: "Storage", exact: true })).toBeVisible();
});
