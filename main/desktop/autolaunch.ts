import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { app } from "electron";
import { desktopEntry } from "./desktop-entry.ts";

export interface Autolaunch {
  readonly isSupported: boolean;
  isEnabled(): boolean;
  /** Answers with what is so afterwards. */
  set(enabled: boolean): boolean;
}

export const QUIET_START_FLAG = "--hidden";

/** `arguments` is what makes this start the same app on the same home again. */
export interface AutolaunchDeps {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export function createAutolaunch(deps: AutolaunchDeps): Autolaunch {
  return process.platform === "linux" ? freedesktopAutolaunch(deps) : systemAutolaunch(deps);
}

/** The list of login items of macOS and Windows; an app run from its sources has no business there. */
function systemAutolaunch({ arguments: args }: AutolaunchDeps): Autolaunch {
  const item = { path: process.execPath, args: [...args] };
  const isEnabled = () => app.isPackaged && app.getLoginItemSettings(item).openAtLogin;
  return {
    isSupported: app.isPackaged,
    isEnabled,
    set(enabled) {
      if (app.isPackaged) app.setLoginItemSettings({ ...item, openAtLogin: enabled });
      return isEnabled();
    },
  };
}

function freedesktopAutolaunch({ arguments: args, environment }: AutolaunchDeps): Autolaunch {
  const configured = process.env["XDG_CONFIG_HOME"];
  const config = configured !== undefined && isAbsolute(configured) ? configured : join(homedir(), ".config");
  const file = join(config, "autostart", "gatehouse.desktop");
  // An AppImage runs from a mount that is gone after it ends.
  const program = process.env["APPIMAGE"] ?? process.execPath;
  const isEnabled = () => existsSync(file);
  return {
    isSupported: true,
    isEnabled,
    set(enabled) {
      if (enabled) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, desktopEntry({ command: [program, ...args], environment }));
      } else {
        rmSync(file, { force: true });
      }
      return isEnabled();
    },
  };
}
