import { join } from "node:path";
import { resolveHome } from "../kernel/paths.ts";
import { readConnectionFile } from "../transport/connection-file.ts";
import { CliError, exitCodes } from "./exit-codes.ts";

export interface DaemonAddress {
  readonly baseUrl: string;
  readonly token: string;
}

export interface AddressFlags {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly home?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Flags, then GATEHOUSE_URL and GATEHOUSE_TOKEN, then the connection file. Its token goes to its own address only. */
export function findDaemon(flags: AddressFlags, environment: Environment): DaemonAddress {
  const path = join(resolveHome(flags.home, environment), "daemon.json");
  const file = readConnectionFile(path);
  const url = given(flags.url) ?? given(environment["GATEHOUSE_URL"]);
  const token = given(flags.token) ?? given(environment["GATEHOUSE_TOKEN"]);
  if (url === undefined && file === null) {
    throw new CliError(
      `No Gatehouse is running (there is no ${path}). Start the app, or: gatehouse serve`,
      exitCodes.unreachable,
    );
  }
  const baseUrl = (url ?? file?.base_url ?? "").replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]/.test(baseUrl)) {
    throw new CliError(
      `--url takes an address such as http://127.0.0.1:4100, not "${baseUrl}"`,
      exitCodes.usage,
    );
  }
  const known = token ?? (baseUrl === file?.base_url ? file.token : undefined);
  if (known === undefined)
    throw new CliError(`${baseUrl} needs its token: --token or GATEHOUSE_TOKEN`, exitCodes.usage);
  return { baseUrl, token: known };
}

const given = (text: string | undefined): string | undefined =>
  text === undefined || text === "" ? undefined : text;
