import * as z from "zod";
import { runs, type RunEvent } from "../../areas/runs/contract.ts";
import type { FrameOf } from "../../contract/define.ts";
import type { RunId } from "../../contract/ids.ts";
import type { PageEvent } from "../../../preload/contract.ts";
import type { DesktopDaemon } from "../daemon.ts";

/** More live runs than anybody can look at. */
const MAX_WATCHED = 32;

/** The stream of a run, as its contract declares it, for several runs at once. */
const { id } = runs.streams.follow.input.shape;
const WatchList = z.array(z.object({ id, fromSeq: z.int().min(0) })).max(MAX_WATCHED);

export interface Watches {
  /** Contract: never throws; what is no list of runs watches nothing. */
  replace(list: unknown): void;
  stop(): void;
}

/** Follows the runs one page looks at. A run that stays in the list goes on where it is. */
export function createWatches(
  follow: DesktopDaemon["services"]["runs"]["follow"],
  send: (event: PageEvent) => void,
): Watches {
  const followed = new Map<RunId, { readonly fromSeq: number; readonly stop: () => void }>();

  const drop = (id: RunId) => {
    followed.get(id)?.stop();
    followed.delete(id);
  };

  const replace = (list: unknown) => {
    const wanted = new Map((WatchList.safeParse(list).data ?? []).map(({ id, fromSeq }) => [id, fromSeq]));
    for (const [id, { fromSeq }] of followed) {
      if (wanted.get(id) !== fromSeq) drop(id);
    }
    for (const [id, fromSeq] of wanted) {
      if (followed.has(id)) continue;
      const announce = (events: readonly RunEvent[]) => {
        const payload: FrameOf<typeof runs, "follow"> = { runId: id, events: [...events] };
        send({ type: "runs.progressed", seq: 0, payload });
      };
      followed.set(id, { fromSeq, stop: follow(id, fromSeq, announce) });
    }
  };

  return { replace, stop: () => replace([]) };
}
