import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { ClientFile } from "../../transport/connection-files.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Glue clients look for a daemon (Glue contract 6.1). */
export function glueConnectionPath(env: Environment, platform = process.platform): string {
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "glue", "daemon.json");
  if (platform === "win32") {
    return join(env["APPDATA"] || join(homedir(), "AppData", "Roaming"), "glue", "daemon.json");
  }
  const xdg = env["XDG_CONFIG_HOME"];
  const config = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".config");
  return join(config, "glue", "daemon.json");
}

/** The name under which people know these clients. */
export const CLIENTS = "Glue";

/** A file at their usual place is left to a Glue daemon that is alive; one that a person has named is written. */
export function glueFile(path: string, token: string, isNamed: boolean): ClientFile {
  return { clients: CLIENTS, path, token, isRequired: isNamed, isShared: !isNamed };
}
