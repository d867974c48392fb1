import type { Areas } from "../../main/areas/contracts.ts";
import type { Client } from "../../main/contract/define.ts";
import type { desktop } from "../../main/desktop/contract.ts";
import { bridge } from "./bridge.ts";
import { CallError } from "./errors.ts";

export type AllAreas = Areas & { readonly desktop: typeof desktop };

/** The calls a page may make, as the contracts describe them: `api.permissions.decide({ … })`. */
export type Api = { readonly [A in keyof AllAreas]: Client<AllAreas[A]> };

/** An answer together with the last event it already contains. */
export interface Snapshot<T> {
  readonly value: T;
  readonly seq: number;
}

/** The same calls, each answering with the place in the stream of events it was made at. */
export type SnapshotApi = {
  readonly [A in keyof Api]: {
    readonly [E in keyof Api[A]]: Api[A][E] extends (...input: infer I) => Promise<infer T>
      ? (...input: I) => Promise<Snapshot<T>>
      : never;
  };
};

async function call(area: string, endpoint: string, input: unknown): Promise<Snapshot<unknown>> {
  const result = await bridge().call(area, endpoint, input);
  if (!result.ok) throw new CallError(result.error);
  return { value: result.value, seq: result.seq };
}

type AnyCall = (area: string, endpoint: string, input: unknown) => Promise<unknown>;

/** The main process knows which calls exist and checks them; here only their types are needed. */
function client(make: AnyCall): unknown {
  const areas = new Map<PropertyKey, unknown>();
  return new Proxy(
    {},
    {
      get(_, area) {
        if (typeof area !== "string") return undefined;
        const known = areas.get(area);
        if (known !== undefined) return known;
        const endpoints = new Proxy(
          {},
          {
            get: (_endpoints, endpoint) =>
              typeof endpoint === "string" ? (input: unknown = {}) => make(area, endpoint, input) : undefined,
          },
        );
        areas.set(area, endpoints);
        return endpoints;
      },
    },
  );
}

export const api = client(async (area, endpoint, input) => (await call(area, endpoint, input)).value) as Api;
export const snapshots = client(call) as SnapshotApi;
