// `npm test`: sets up everything, then check, unit tests and end-to-end tests on the app from source and packaged.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { electronFlags, setUpApp } from "./app.mjs";
import { desktopPackages } from "./desktop-packages.mjs";
import { printFailure } from "./failure.mjs";
import { endWithNpm } from "./npm-parent.mjs";
import { root } from "./places.mjs";
import { say } from "./progress.mjs";
import { sum } from "./results.mjs";
import { withoutOwnSettings } from "./test-environment.mjs";
import { check, endToEndTests, unitTests } from "./test-stages.mjs";
import { packageUnpacked } from "./unpacked-app.mjs";
import { withVirtualDesktop } from "./virtual-desktop.mjs";

process.chdir(root);
endWithNpm();
const results = [];

/** One part of the tests. That it could not be done is a failure like any other, and no reason not to try the next. */
async function stage(title, body) {
  say(title);
  try {
    const result = await body();
    if (result) results.push(result);
    return true;
  } catch (error) {
    printFailure(error);
    results.push({ passed: 0, failed: 1 });
    return false;
  }
}

/** A home that is nobody's, so that no test finds what a person has set, or leaves anything behind. */
function ownPlace() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const inside = (name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const home = inside("home");
  const environment = {
    ...withoutOwnSettings(process.env),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: inside("config"),
    XDG_DATA_HOME: inside("data"),
    XDG_STATE_HOME: inside("state"),
    XDG_CACHE_HOME: inside("cache"),
    XDG_RUNTIME_DIR: inside("runtime"),
  };
  chmodSync(environment.XDG_RUNTIME_DIR, 0o700);
  return { folder, environment };
}

async function endToEnd(place, { runtime, settings }) {
  const packaged = await packageUnpacked(runtime);
  const electron = {
    ...settings,
    GATEHOUSE_ELECTRON: runtime.executable,
    GATEHOUSE_ELECTRON_FLAGS: electronFlags().join(" "),
    GATEHOUSE_PACKAGED: packaged,
  };
  // Always a desktop of their own, on Linux: what pops up must neither disturb nor be disturbed.
  if (process.platform !== "linux") return endToEndTests(place, electron);
  return withVirtualDesktop((desktop) => endToEndTests(place, { ...electron, ...desktop }));
}

let app;
const isReady = await stage("Setting up", async () => {
  await desktopPackages(["electron", "virtual display", "tests"]);
  app = await setUpApp();
});
if (isReady) {
  const place = ownPlace();
  say(`Tests run on Electron ${app.runtime.version} (${app.runtime.source}).`);
  await stage("Check", () => check(withoutOwnSettings(process.env)));
  await stage("Unit tests", () => unitTests(place));
  await stage("End-to-end tests", () => endToEnd(place, app));
  rmSync(place.folder, { recursive: true, force: true });
}

const { passed, failed } = sum(results);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
