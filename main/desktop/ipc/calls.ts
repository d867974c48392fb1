import type { Area, Page } from "../../contract/define.ts";
import { AppError, toWireError } from "../../contract/errors.ts";
import { personAt } from "../../contract/principal.ts";
import { MAX_BODY_BYTES } from "../../contract/limits.ts";
import { excessOfValue } from "../../kernel/json-bounds.ts";
import { invoke, type Handler } from "../../kernel/invoke.ts";
import type { Log } from "../../kernel/log.ts";
import type { CallResult } from "../../../preload/contract.ts";

export interface CallDeps {
  readonly areas: readonly Area[];
  /** By area, then by endpoint. */
  readonly routes: Readonly<Record<string, object>>;
  /** The event counter. */
  readonly seq: () => number;
  readonly log: Log;
}

/** Names of what a page may call and follow, as `area.endpoint` and `area.stream`. */
export function allowedCalls(areas: readonly Area[], page: Page): readonly string[] {
  return areas.flatMap((area) =>
    Object.entries({ ...area.endpoints, ...area.streams })
      .filter(([, { pages }]) => pages?.includes(page))
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

  const find = (page: Page, areaName: unknown, name: unknown) => {
    const area = typeof areaName === "string" ? byName.get(areaName) : undefined;
    if (area !== undefined && typeof name === "string" && Object.hasOwn(area.endpoints, name)) {
      const endpoint = area.endpoints[name];
      const handler = (routes[area.name] as Record<string, Handler> | undefined)?.[name];
      if (endpoint?.pages?.includes(page) && handler !== undefined) return { area, name, endpoint, handler };
    }
    throw new AppError("request.unknown_call", 404, "There is no such call for this page.");
  };

  return async (page: Page, areaName: unknown, name: unknown, input: unknown): Promise<CallResult> => {
    const contained = seq();
    try {
      const found = find(page, areaName, name);
      const excess = excessOfValue(input, MAX_BODY_BYTES);
      if (excess !== null) throw new AppError("request.too_large", 413, `What the page sent has ${excess}.`);
      const value = await invoke(found, input ?? {}, personAt(page));
      return { ok: true, value, seq: contained };
    } catch (error) {
      if (!(error instanceof AppError))
        log.error({ err: error, area: areaName, endpoint: name }, "a page's call failed");
      return { ok: false, error: toWireError(error).body };
    }
  };
}
