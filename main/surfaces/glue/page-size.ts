const PAGE = 50;
const MAX_PAGE = 500;

/** How many entries to list; what is no number of them is the usual one. */
export function pageSize(limit: string | undefined): number {
  const asked = Number.parseInt(limit ?? "", 10);
  return asked > 0 ? Math.min(asked, MAX_PAGE) : PAGE;
}
