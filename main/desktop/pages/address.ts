import type { Page } from "../../contract/define.ts";

/** Each page is an origin of its own: what one stores or is sent, the other cannot reach. */
export const APP_SCHEME = "gatehouse-app";

const documents: Readonly<Record<Page, string>> = { window: "index.html", popup: "popup.html" };

export function pageUrl(page: Page, hash = ""): string {
  return `${APP_SCHEME}://${page}/${documents[page]}${hash === "" ? "" : `#${hash}`}`;
}

/** Which page a URL belongs to, or null for everything that is not ours. */
export function pageOf(url: string): Page | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== `${APP_SCHEME}:`) return null;
  return parsed.host === "window" || parsed.host === "popup" ? parsed.host : null;
}

/**
 * The file a request asks for, as path segments below the folder of built pages, or null when there can be none.
 *
 * Contract: no result leaves that folder, whatever the URL.
 */
export function requestedFile(url: string): readonly string[] | null {
  if (pageOf(url) === null) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  const segments = path.split("/").filter((segment) => segment !== "");
  return segments.length > 0 && segments.every((segment) => /^[\w@-][\w.@-]*$/.test(segment))
    ? segments
    : null;
}
