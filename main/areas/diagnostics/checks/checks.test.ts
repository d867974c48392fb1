import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../../kernel/database.ts";
import { systemClock } from "../../../kernel/clock.ts";
import { createFakeClock } from "../../../testing/fake-clock.ts";
import { codingSettings } from "../../catalogs/tools/settings/contract.ts";
import { createSettingsService } from "../../settings/service.ts";
import type { Check } from "../../../kernel/check.ts";
import { createClockCheck } from "./clock.ts";
import { createConnectionFilesCheck } from "./connection-files.ts";
import { createDatabaseCheck } from "./database.ts";
import { createDiskSpaceCheck } from "./disk-space.ts";
import { createEventLoopCheck } from "./event-loop.ts";
import { createProviderCheck } from "../../settings/checks/provider.ts";
import { createSettingsFileCheck } from "../../settings/checks/settings-file.ts";
import { createWaitingRequestsCheck } from "../../permissions/checks/waiting-requests.ts";
import { createWorkspaceCheck } from "../../catalogs/tools/checks/workspace.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-checks-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = async (check: Check) => check.run(new AbortController().signal);

const settingsWith = (file: unknown) => {
  const path = join(folder, "settings.json");
  writeFileSync(path, JSON.stringify(file), { mode: 0o600 });
  return createSettingsService({
    file: path,
    sections: [codingSettings],
    defaultWorkspace: folder,
    environment: {},
    clock: systemClock,
    publish: () => undefined,
    watch: false,
    reportProblem: () => undefined,
  });
};

test("database: sound, damaged, closed", async () => {
  const path = join(folder, "gatehouse.db");
  const database = openDatabase(path, [
    { id: "1", sql: "CREATE TABLE t (a TEXT) STRICT; CREATE INDEX i ON t (a)" },
  ]);
  const check = createDatabaseCheck(database, (error) => error);
  expect(await run(check)).toMatchObject({ state: "ok" });
  database.unsafeMode(true);
  database.pragma("writable_schema = ON");
  database.exec("INSERT INTO t VALUES ('x'); UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'i'");
  database.pragma("writable_schema = RESET");
  expect(await run(check)).toMatchObject({ state: "failed" });
  database.close();
  expect(await run(check)).toMatchObject({ state: "failed" });
});

test("settings file: others can read it", async () => {
  const check = createSettingsFileCheck(settingsWith({}));
  expect(await run(check)).toMatchObject({ state: "ok" });
  chmodSync(join(folder, "settings.json"), 0o644);
  expect(await run(check)).toMatchObject({
    state: "warning",
    fix: expect.stringContaining("chmod 600") as unknown,
  });
});

test("workspace: there, missing, not a folder, not needed", async () => {
  const workspace = async (file: unknown) => (await run(createWorkspaceCheck(settingsWith(file)))).state;
  expect(await workspace({ workspace: folder })).toBe("ok");
  expect(await workspace({ workspace: join(folder, "missing") })).toBe("failed");
  expect(await workspace({ workspace: join(folder, "settings.json") })).toBe("failed");
  expect(await workspace({ workspace: join(folder, "missing"), coding: { enabled: false } })).toBe("ok");
});

describe("provider", () => {
  const withProvider = (provider: object) =>
    run(
      createProviderCheck(settingsWith({ default_provider: "p", providers: [{ alias: "p", ...provider }] })),
    );

  test("the playbook is fine and says that there is no model", async () => {
    expect(await run(createProviderCheck(settingsWith({})))).toMatchObject({
      state: "ok",
      message: expect.stringContaining("No model is configured") as unknown,
    });
  });

  test("an unknown default, a variable that is not set, a server that is not there", async () => {
    expect(await run(createProviderCheck(settingsWith({ default_provider: "gone" })))).toMatchObject({
      state: "failed",
    });
    expect(await withProvider({ type: "anthropic", api_key_env: "NOT_SET" })).toMatchObject({
      state: "failed",
      fix: expect.stringContaining("NOT_SET") as unknown,
    });
    expect(
      await withProvider({ type: "openai-compatible", base_url: "http://127.0.0.1:1/v1" }),
    ).toMatchObject({
      state: "warning",
    });
  });

  test("a server that answers anything is reachable", async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const finding = await withProvider({
      type: "openai-compatible",
      base_url: `http://127.0.0.1:${port}/v1`,
    });
    server.close();
    expect(finding).toMatchObject({ state: "ok" });
  });
});

test("connection files: ours, taken over, missing, off", async () => {
  const own = {
    baseUrl: "http://127.0.0.1:5",
    files: [
      { clients: null, path: "/own", token: "t" },
      { clients: "Glue", path: "/glue", token: "g" },
    ],
  };
  const mine = { base_url: own.baseUrl, token: "t", pid: 1 };
  const glues = { ...mine, token: "g" };
  const other = { base_url: "http://127.0.0.1:6", token: "u", pid: 77 };
  const state = async (files: Record<string, typeof mine>, connection: typeof own | object = own) =>
    run(
      createConnectionFilesCheck(
        () => ({ ...own, ...connection }),
        (path) => files[path] ?? null,
      ),
    );
  expect(await state({ "/own": mine, "/glue": glues })).toMatchObject({ state: "ok" });
  expect(await state({ "/own": mine, "/glue": mine })).toMatchObject({ state: "warning" });
  expect(await state({ "/own": other, "/glue": glues })).toMatchObject({ state: "failed" });
  expect(await state({ "/own": mine, "/glue": other })).toMatchObject({
    state: "warning",
    message: expect.stringContaining("77") as unknown,
  });
  expect(await state({ "/own": mine })).toMatchObject({ state: "warning" });
  const nowhere = { files: own.files.map((file) => ({ ...file, path: null })) };
  expect(await state({}, nowhere)).toMatchObject({
    state: "ok",
    message: expect.stringContaining("Switched off") as unknown,
  });
});

test("clock: even, after sleep, set back, not set", async () => {
  let now = Date.UTC(2026, 5, 1);
  let monotonic = 0;
  const check = createClockCheck(
    () => now,
    () => monotonic,
  );
  now += 3_600_000;
  monotonic += 3_600_000;
  expect(await run(check)).toMatchObject({ state: "ok" });
  now += 3_600_000;
  expect(await run(check)).toMatchObject({ state: "ok" });
  now -= 3_600_000 + 600_000;
  expect(await run(check)).toMatchObject({
    state: "warning",
    message: expect.stringContaining("back by 10 min") as unknown,
  });
  now = 0;
  expect(await run(check)).toMatchObject({
    state: "warning",
    message: expect.stringContaining("1970") as unknown,
  });
});

test("requests that wait for more than an hour", async () => {
  const clock = createFakeClock();
  const askedAt = clock.now();
  const check = createWaitingRequestsCheck(() => [{ askedAt, act: "run `git push`" }], clock);
  expect(await run(check)).toMatchObject({ state: "ok" });
  clock.advance(2 * 3_600_000 + 1);
  expect(await run(check)).toMatchObject({
    state: "warning",
    message: "1 waits for more than an hour, the oldest for 2 h: run `git push`.",
  });
});

test("disk space and responsiveness give an answer here", async () => {
  expect((await run(createDiskSpaceCheck(folder))).message).toMatch(/\d+(\.\d)? [GM]B/);
  expect((await run(createEventLoopCheck())).message).toMatch(/ms late/);
});
