import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { appEnvironment, program, readConnection } from "../fixtures/desktop/app.ts";
import { createApi } from "../fixtures/api.ts";
import { createGate } from "../fixtures/desktop/gate.ts";
import { eventually } from "../fixtures/eventually.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { programsThatName } from "../fixtures/process-list.ts";

test("the packaged app starts, shows a request and lets it be allowed", async ({
  place,
  trayHost,
  notices,
}) => {
  await writeFile(join(place.home, "desktop.json"), JSON.stringify({ firstRunDone: true }));
  const { executable, args } = program("packaged");
  const own = ["--home", place.home, "--work", place.work, "--metadata", place.metadata, "--hidden"];
  // Not through Playwright: what is installed lets nobody inspect it.
  const child = spawn(executable, [...args, ...own], { env: appEnvironment(place), stdio: "ignore" });
  const exited = once(child, "exit");
  try {
    const api = createApi(await readConnection(place, child.pid ?? 0));
    const gate = createGate(api);
    const { checks } = (await api.post("/gatehouse/v1/diagnostics/checks", {})).json as {
      readonly checks: readonly { readonly name: string; readonly message: string }[];
    };
    expect(checks.find(({ name }) => name === "commands")?.message).toContain("Nothing outlives its command");
    const tray = await trayHost.item(child.pid ?? 0);
    await expect.poll(() => tray.tooltip()).toBe("Gatehouse — Nothing waits for you");
    const request = await gate.ask("docs", "/shell_exec git init made");
    await eventually(
      () => readFile(join(place.home, "logs/gatehouse.log"), "utf8"),
      (log) => log.includes(`"waitingId":"${request.id}"`) && log.includes("popup painted"),
    );
    // What the popup shows needs no notification.
    await notices.none();
    await tray.press(/git init made/, "Allow once");
    expect(await gate.settled(request.id)).toMatchObject({ status: "allowed", decidedBy: { kind: "tray" } });
    await gate.ended(request.runId);
    expect(await readFile(join(place.work, "made/.git/HEAD"), "utf8")).toContain("ref:");
    await notices.none();
  } finally {
    child.kill("SIGTERM");
    const [code] = (await exited) as [number | null];
    expect(code).toBe(0);
  }
});

test("the packaged program takes no orders but its own", async ({ place }) => {
  const { executable, args } = program("packaged");
  const fuses = await getCurrentFuseWire(executable);
  const expected: Readonly<Record<string, boolean>> = {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  };
  for (const [name, isOn] of Object.entries(expected)) {
    const state = fuses[FuseV1Options[name as keyof typeof FuseV1Options]];
    expect(state, name).toBe(isOn ? FuseState.ENABLE : FuseState.DISABLE);
  }
  // What the fuses say is what happens: the program is no Node that runs what one hands it.
  const script = join(place.work, "orders.cjs");
  const told = join(place.work, "told");
  // Neither the app nor the programs that Chromium starts for it say it on their command lines.
  const secret = `secret-${randomBytes(12).toString("hex")}`;
  await writeFile(script, `require("node:fs").writeFileSync(${JSON.stringify(told)}, "")`);
  for (const [more, environment] of [
    [[script], { ELECTRON_RUN_AS_NODE: "1" }],
    [[], { NODE_OPTIONS: `--require ${script}` }],
  ] as const) {
    const own = ["--home", place.home, "--metadata", place.metadata, "--hidden"];
    const child = spawn(executable, [...args, ...own, ...more], {
      env: { ...appEnvironment(place), ...environment, GLUE_DAEMON_TOKEN: secret },
      stdio: "ignore",
    });
    const exited = once(child, "exit");
    await readConnection(place, child.pid ?? 0);
    const glueFile = () => readFile(place.metadata, "utf8").catch(() => "");
    await eventually(glueFile, (text) => text.includes(secret));
    expect(programsThatName(secret)).toEqual([]);
    child.kill("SIGTERM");
    await exited;
    expect(existsSync(told)).toBe(false);
  }
});
