import type * as z from "zod";
import type { Area, Caller, Endpoint, Page } from "../../contract/define.ts";
import { AppError, invalidRequest, toWireError } from "../../contract/errors.ts";
import type { Log } from "../../kernel/log.ts";
import type { CallResult } from "../../../preload/contract.ts";

type Handler = (input: unknown, caller: Caller) => unknown;

export interface CallDeps {
  readonly areas: readonly Area[];
  /** By area, then by endpoint. */
  readonly routes: Readonly<Record<string, object>>;
  /** The event counter. */
  readonly seq: () => number;
  readonly log: Log;
}

/** Names of the calls a page may make, as `area.endpoint`. */
export function allowedCalls(areas: readonly Area[], page: Page): readonly string[] {
  return areas.flatMap((area) =>
    Object.entries(area.endpoints)
      .filter(([, endpoint]) => endpoint.pages?.includes(page))
      .map(([name]) => `${area.name}.${name}`),
  );
}

/**
 * Answers the calls of pages through the same routes as every other surface.
 *
 * Contract: never rejects. What a page may not call is answered like what does not exist.
 */
export function createCalls({ areas, routes, seq, log }: CallDeps) {
  const byName = new Map(areas.map((area) => [area.name, area]));

  const find = (page: Page, areaName: unknown, name: unknown): { endpoint: Endpoint; handler: Handler } => {
    const area = typeof areaName === "string" ? byName.get(areaName) : undefined;
    const isOwn = area !== undefined && typeof name === "string" && Object.hasOwn(area.endpoints, name);
    const endpoint = isOwn ? area.endpoints[name] : undefined;
    const handler = isOwn ? (routes[area.name] as Record<string, Handler> | undefined)?.[name] : undefined;
    if (endpoint?.pages?.includes(page) !== true || handler === undefined) {
      throw new AppError("request.unknown_call", 404, "There is no such call for this page.");
    }
    return { endpoint, handler };
  };

  return async (page: Page, areaName: unknown, name: unknown, input: unknown): Promise<CallResult> => {
    const contained = seq();
    try {
      const { endpoint, handler } = find(page, areaName, name);
      const answer = await handler(parseInput(endpoint, input), { kind: page, name: "" });
      return { ok: true, value: endpoint.output.parse(answer), seq: contained };
    } catch (error) {
      if (!(error instanceof AppError))
        log.error({ err: error, area: areaName, endpoint: name }, "a page's call failed");
      return { ok: false, error: toWireError(error).body };
    }
  };
}

function parseInput(endpoint: Endpoint, input: unknown): unknown {
  const parsed = endpoint.input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw invalidRequest("The input of this call is not as it should be.", issuesOf(parsed.error));
}

const issuesOf = (error: z.ZodError) =>
  error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
