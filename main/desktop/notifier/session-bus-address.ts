import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Where the session bus listens, or null where there is none. Looks no further: other ways start programs.
 *
 * Chromium writes `disabled:` into our own environment when it finds no bus.
 */
export function sessionBusAddress(environment: Readonly<Record<string, string | undefined>>): string | null {
  const named = environment["DBUS_SESSION_BUS_ADDRESS"];
  if (named !== undefined && /^(unix|tcp):/.test(named)) return named;
  const runtime = environment["XDG_RUNTIME_DIR"];
  if (runtime === undefined || runtime === "") return null;
  const socket = join(runtime, "bus");
  return existsSync(socket) ? `unix:path=${socket}` : null;
}
