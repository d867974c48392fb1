import type { Area, Page, StreamFollowing } from "../../contract/define.ts";
import { AppError } from "../../contract/errors.ts";
import { MAX_BODY_BYTES } from "../../contract/limits.ts";
import { personAt } from "../../contract/principal.ts";
import { parsedInput, type StreamSources } from "../../kernel/invoke.ts";
import { excessOfValue } from "../../kernel/json-bounds.ts";
import type { Log } from "../../kernel/log.ts";
import type { PageEvent } from "../../../preload/contract.ts";

/** More than anybody can look at. */
const MAX_FOLLOWED = 32;

export interface StreamDeps {
  readonly areas: readonly Area[];
  readonly streams: StreamSources;
  readonly log: Log;
}

/** What one page follows, by keys of its own. Contract: no method throws; what can't be followed tells nothing. */
export interface Followings {
  follow(key: unknown, area: unknown, stream: unknown, input: unknown): void;
  leave(key: unknown): void;
  stop(): void;
}

/** The streams that a page may follow, through the same sources as every other surface. */
export function createFollowings(
  page: Page,
  { areas, streams, log }: StreamDeps,
  send: (event: PageEvent) => void,
): Followings {
  const byName = new Map(areas.map((area) => [area.name, area]));
  const followed = new Map<number, StreamFollowing>();

  const open = (key: number, areaName: unknown, name: unknown, input: unknown): StreamFollowing | null => {
    const area = typeof areaName === "string" ? byName.get(areaName) : undefined;
    if (area?.streams === undefined || typeof name !== "string" || !Object.hasOwn(area.streams, name))
      return null;
    const stream = area.streams[name];
    const source = streams[area.name]?.[name];
    if (stream?.pages?.includes(page) !== true || source === undefined) return null;
    if (excessOfValue(input, MAX_BODY_BYTES) !== null) return null;
    const push = (payload: unknown) => {
      send({ type: `${area.name}.${name}`, seq: 0, payload, following: key });
      return true;
    };
    return source(parsedInput(stream.input, input) as never, { push, end: () => {} }, personAt(page));
  };

  const leave = (key: unknown) => {
    followed.get(key as number)?.stop();
    followed.delete(key as number);
  };

  return {
    follow(key, area, stream, input) {
      if (!Number.isSafeInteger(key) || followed.has(key as number) || followed.size >= MAX_FOLLOWED) return;
      try {
        const following = open(key as number, area, stream, input);
        if (following !== null) followed.set(key as number, following);
      } catch (error) {
        if (!(error instanceof AppError))
          log.error({ err: error, area, stream }, "a page can't follow a stream");
      }
    },
    leave,
    stop() {
      for (const key of followed.keys()) leave(key);
    },
  };
}
