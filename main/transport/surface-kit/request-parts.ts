import type { FastifyRequest } from "fastify";

/** A segment of the path, decoded once. Contract: throws for a name that the route does not have. */
export function segment(request: FastifyRequest, name: string): string {
  const value = (request.params as Readonly<Record<string, string>>)[name];
  if (value === undefined) throw new Error(`${request.routeOptions.url} has no :${name}`);
  return value;
}

/** All values that the query gives a name, in order. */
export function queryValues(request: FastifyRequest, name: string): readonly string[] {
  const query = request.query as Readonly<Record<string, string | readonly string[]>>;
  return [query[name] ?? []].flat();
}

/** A value of the query; of one that is given several times, the first. */
export const queryValue = (request: FastifyRequest, name: string): string | undefined =>
  queryValues(request, name)[0];

/** A header that may be given once; of several, nothing is known to be meant. */
export function headerValue(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
