import { chmodSync, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything Gatehouse keeps lives below one folder. */
export interface HomePaths {
  readonly home: string;
  readonly database: string;
  /** Copies of the database, each named after when it was made. */
  readonly backups: string;
  readonly settings: string;
  readonly connection: string;
  readonly logs: string;
  readonly log: string;
  /** Whole outputs of commands whose result was shortened. */
  readonly spool: string;
}

/** `--home`, then GATEHOUSE_HOME, then the platform's data directory. */
export function resolveHome(flag: string | undefined, env: Environment, platform = process.platform): string {
  if (flag !== undefined && flag !== "") return resolve(flag);
  const fromEnvironment = env["GATEHOUSE_HOME"];
  if (fromEnvironment !== undefined && fromEnvironment !== "") return resolve(fromEnvironment);
  return join(dataDirectory(env, platform), "gatehouse");
}

function dataDirectory(env: Environment, platform: NodeJS.Platform): string {
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  if (platform === "win32") return env["LOCALAPPDATA"] || join(homedir(), "AppData", "Local");
  const xdg = env["XDG_DATA_HOME"];
  return xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".local", "share");
}

/** Makes the folders, readable by their owner alone, also those that were there before. */
export function prepareHome(home: string): HomePaths {
  const logs = join(home, "logs");
  const spool = join(home, "spool");
  for (const folder of [home, logs, spool]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeToOthers(folder);
  }
  return {
    home,
    database: join(home, "gatehouse.db"),
    backups: join(home, "backups"),
    settings: join(home, "settings.json"),
    connection: join(home, "daemon.json"),
    logs,
    log: join(logs, "gatehouse.log"),
    spool,
  };
}

/** Who may write in the home could change the settings, and so the rules. Windows has no such modes. */
function closeToOthers(folder: string): void {
  const { mode } = statSync(folder);
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  if ((mode & 0o1000) !== 0) throw new Error(`${folder} is everybody's; Gatehouse needs a folder of its own`);
  try {
    chmodSync(folder, 0o700);
  } catch (cause) {
    throw new Error(`${folder} is open to others and can't be closed to them`, { cause });
  }
}
