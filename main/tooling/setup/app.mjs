import { buildWhenStale } from "./build-when-stale.mjs";
import { dependencies } from "./dependencies.mjs";
import { desktopPackages } from "./desktop-packages.mjs";
import { electronRuntime } from "./electron-runtime.mjs";
import { say } from "./progress.mjs";
import { needsOwnBinding, sqliteForElectron } from "./sqlite-binding.mjs";
import { needsVirtualDesktop, virtualDesktopFlags, withVirtualDesktop } from "./virtual-desktop.mjs";

/** Everything the app needs to run from source. */
export async function setUpApp() {
  await dependencies();
  const runtime = await electronRuntime();
  const purposes = ["electron"];
  if (needsVirtualDesktop()) purposes.push("virtual display");
  if (needsOwnBinding(runtime)) purposes.push("compiler");
  await desktopPackages(purposes);
  const [settings] = await Promise.all([sqliteForElectron(runtime), buildWhenStale()]);
  return { runtime, settings };
}

const isRoot = process.platform === "linux" && process.getuid?.() === 0;

/** What Electron must be told to run here. Chromium's sandbox refuses to work for root; everybody else keeps it. */
export const electronFlags = () => [
  ...(isRoot ? ["--no-sandbox"] : []),
  ...(needsVirtualDesktop() ? virtualDesktopFlags : []),
];

/** Runs the body on the desktop there is, or says that there is none and runs it on a virtual one. */
export function onDesktop(body) {
  if (!needsVirtualDesktop()) return body({});
  say("There is no display here: the app runs on a virtual one.");
  return withVirtualDesktop(body);
}
