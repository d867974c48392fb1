import { buildWhenStale } from "./build-when-stale.mjs";
import { dependencies } from "./dependencies.mjs";
import { desktopPackages } from "./desktop-packages.mjs";
import { electronRuntime } from "./electron-runtime.mjs";
import { root } from "./places.mjs";
import { needsOwnBinding, sqliteForElectron } from "./sqlite-binding.mjs";
import { needsVirtualDesktop } from "./virtual-desktop.mjs";

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

/** Chromium's sandbox refuses to work for root; everybody else keeps it. */
export const sandboxFlags = () => (process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : []);

/** The arguments that make an Electron run this checkout. */
export const appArguments = (args) => [...sandboxFlags(), root, ...args];
