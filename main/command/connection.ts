import { join } from "node:path";
import { resolveHome } from "../kernel/paths.ts";
import { readConnectionFile } from "../transport/connection-file.ts";
import { CliError, exitCodes } from "./exit-codes.ts";

/** Where a daemon is said to be, and what there is to prove oneself with. */
export interface DaemonPlace {
  readonly baseUrl: string;
  /** Given by the person who calls; null: none. */
  readonly token: string | null;
  /** From the connection file, when it is about this address. It never leaves this process. */
  readonly ownerKey: string | null;
}

export interface AddressFlags {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly home?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Flags, then GATEHOUSE_URL and GATEHOUSE_TOKEN, then the connection file. Its key is for its own address only. */
export function findDaemon(flags: AddressFlags, environment: Environment): DaemonPlace {
  const path = join(resolveHome(flags.home, environment), "daemon.json");
  const file = readConnectionFile(path);
  const url = given(flags.url) ?? given(environment["GATEHOUSE_URL"]);
  const token = given(flags.token) ?? given(environment["GATEHOUSE_TOKEN"]) ?? null;
  if (url === undefined && file === null) {
    throw new CliError(
      `No Gatehouse is running (there is no ${path}). Start the app, or: gatehouse serve`,
      exitCodes.unreachable,
    );
  }
  const baseUrl = (url ?? file?.base_url ?? "").replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new CliError(
      `--url takes an address such as http://127.0.0.1:4100, not "${baseUrl}"`,
      exitCodes.usage,
    );
  }
  const ownerKey = baseUrl === file?.base_url ? file.token : null;
  if (token === null && ownerKey === null)
    throw new CliError(`${baseUrl} needs its token: --token or GATEHOUSE_TOKEN`, exitCodes.usage);
  return { baseUrl, token, ownerKey };
}

const given = (text: string | undefined): string | undefined =>
  text === undefined || text === "" ? undefined : text;
