import type { IncomingHttpHeaders } from "node:http";
import { networkInterfaces } from "node:os";

/** The names under which this daemon may be addressed: a page that rebinds its own name to us is not among them. */
export type AllowedHosts = ReadonlySet<string>;

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

const WILDCARDS = ["0.0.0.0", "::"];

export function allowedHosts(
  host: string,
  port: number,
  interfaceAddresses: () => readonly string[] = ownAddresses,
): AllowedHosts {
  const listened = WILDCARDS.includes(host) ? interfaceAddresses() : [host];
  const names = [...LOOPBACK_NAMES, ...listened.map(spelled)];
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
}

const spelled = (host: string): string => (host.includes(":") ? `[${host}]` : host).toLowerCase();

/** Addresses only, never names: a name is what a page could rebind to us. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );
}

/** A request as it came in; `rawHeaders` are its names and values in turn. */
export interface Addressed {
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
}

/**
 * Why a request is refused before anything else is looked at, or null when it may go on. Tools send no Origin; a
 * browser always does for anything it could do harm with, and only our own docs page has a good one.
 */
export function foreignRequest({ headers, rawHeaders }: Addressed, allowed: AllowedHosts): string | null {
  const host = headers.host?.toLowerCase();
  // Of several Node takes the first one, and whoever stands between may have looked at the last.
  const isSaidTwice = rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length > 1;
  if (host === undefined || isSaidTwice || !allowed.has(host)) return "host not allowed";
  const origin = headers.origin?.toLowerCase();
  if (
    origin !== undefined &&
    !(origin.startsWith("http://") && allowed.has(origin.slice("http://".length)))
  ) {
    return "origin not allowed";
  }
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return "origin not allowed";
  return null;
}
