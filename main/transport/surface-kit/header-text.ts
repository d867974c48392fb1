import type { IncomingHttpHeaders } from "node:http";

const BEYOND_ASCII = /[\x80-\xff]/;

/**
 * Clients write headers in UTF-8; Node hands every byte over as a character of its own. Bytes that are no UTF-8 become
 * replacement characters, which equal no key and no name.
 */
export function readHeadersAsUtf8(headers: IncomingHttpHeaders): void {
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") {
      if (BEYOND_ASCII.test(value)) headers[name] = decoded(value);
    } else if (value !== undefined) {
      headers[name] = value.map(decoded);
    }
  }
}

/** What to give to Node or fetch so that these very characters go out as UTF-8. */
export const headerText = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

const decoded = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");
