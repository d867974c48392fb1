import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, normalize } from "node:path";
import { clipboard, nativeTheme, shell } from "electron";
import type { Routes } from "../contract/define.ts";
import { fail } from "../contract/fail.ts";
import type { Autolaunch } from "./autolaunch.ts";
import { desktop } from "./contract.ts";
import type { Popup } from "./popups/popup.ts";
import type { RememberedStore } from "./remembered.ts";
import type { SessionFiles } from "./session-files.ts";
import { openText, saveText } from "./text-files.ts";
import type { MainWindow } from "./windows/main-window.ts";

export interface DesktopRoutesDeps {
  readonly autolaunch: Autolaunch;
  readonly remembered: RememberedStore;
  readonly window: MainWindow;
  readonly popup: Popup;
  readonly ownerKey: string;
  readonly sessionFiles: SessionFiles;
}

export function createDesktopRoutes(deps: DesktopRoutesDeps): Routes<typeof desktop> {
  const { autolaunch, remembered, window, popup, ownerKey, sessionFiles } = deps;
  return {
    getDesktop: () => ({
      platform: process.platform,
      homePath: homedir(),
      launchAtLogin: autolaunch.isEnabled(),
      launchAtLoginSupported: autolaunch.isSupported,
      firstRun: !remembered.read().firstRunDone,
      theme: remembered.read().theme,
    }),
    setTheme({ theme }) {
      nativeTheme.themeSource = theme;
      remembered.change({ theme });
      return { theme };
    },
    setLaunchAtLogin: ({ enabled }) => ({ launchAtLogin: autolaunch.set(enabled) }),
    openPath({ path }) {
      shell.showItemInFolder(existingPath(path));
      return {};
    },
    saveSession: async ({ id, format }) => ({ path: await sessionFiles.save(id, format) }),
    openSession: async () => ({ state: await sessionFiles.open() }),
    async copyText({ text }) {
      await clipboard.writeText(text);
      return {};
    },
    saveText: async ({ name, text }) => ({ path: await saveText(name, text) }),
    openText: async () => ({ text: await openText() }),
    async copyToken() {
      await clipboard.writeText(ownerKey);
      return {};
    },
    finishFirstRun() {
      remembered.change({ firstRunDone: true });
      return {};
    },
    showWindow({ runId, waitingId }) {
      window.open({ runId, waitingId });
      return {};
    },
    tellLooking({ atInbox }) {
      window.tellLooking(atInbox);
      return {};
    },
    resizePopup({ size }) {
      popup.resize(size);
      return {};
    },
    getPopup: () => popup.view(),
    turnPopup({ id }) {
      popup.turn(id);
      return {};
    },
    popupPainted({ id }) {
      popup.painted(id);
      return {};
    },
    laterPopup({ id }) {
      popup.later(id);
      return {};
    },
    closePopup() {
      popup.close();
      return {};
    },
  };
}

/** Paths come from agents: a place on another machine or one that is not there is not looked up in the file manager. */
function existingPath(path: string): string {
  const isRemote = path.startsWith("\\\\") || path.startsWith("//");
  if (!isAbsolute(path) || isRemote || path.includes("\0")) {
    throw fail(desktop, "path_refused", "Only a whole path on this machine can be shown.");
  }
  if (!existsSync(path)) throw fail(desktop, "path_refused", "There is nothing at this path any more.");
  return normalize(path);
}
