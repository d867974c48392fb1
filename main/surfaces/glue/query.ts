import type { FastifyRequest } from "fastify";

const PAGE = 50;
const LARGEST_PAGE = 500;

/** A value of the query; of one that is given several times, the first. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const query = request.query as Readonly<Record<string, string | readonly string[]>>;
  return [query[name] ?? []].flat()[0];
}

/** How many entries to list; what is no number of them is the usual one. */
export function pageSize(limit: string | undefined): number {
  const asked = Number.parseInt(limit ?? "", 10);
  return asked > 0 ? Math.min(asked, LARGEST_PAGE) : PAGE;
}
