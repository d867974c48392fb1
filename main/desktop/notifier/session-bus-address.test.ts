import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sessionBusAddress } from "./session-bus-address.ts";

test("the session bus is where the environment says, or at its usual place", () => {
  const runtime = mkdtempSync(join(tmpdir(), "gatehouse-bus-"));
  onTestFinished(() => rmSync(runtime, { recursive: true }));
  const named = "unix:path=/run/user/1/bus,guid=0";
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: named, XDG_RUNTIME_DIR: runtime })).toBe(named);
  expect(sessionBusAddress({ XDG_RUNTIME_DIR: runtime })).toBeNull();
  writeFileSync(join(runtime, "bus"), "");
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: "disabled:", XDG_RUNTIME_DIR: runtime })).toBe(
    `unix:path=${runtime}/bus`,
  );
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: "unixexec:path=/bin/sh" })).toBeNull();
  expect(sessionBusAddress({})).toBeNull();
});
