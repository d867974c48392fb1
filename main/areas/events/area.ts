import type { Area, StreamFollower } from "../../contract/define.ts";
import type { EventSource } from "../../kernel/bus.ts";
import { defineModule } from "../module.ts";
import { eventsContract } from "./contract.ts";
import { createEventSource } from "./source.ts";

export interface EventsNeeds {
  readonly bus: EventSource;
}

/** What all these areas announce, for whoever follows. */
export function createEventsArea<A extends Area>(contracts: Readonly<Record<string, A>>) {
  const areas = Object.values(contracts);
  const contract = eventsContract(areas);
  return defineModule({
    contract,
    create(_context, { bus }: EventsNeeds) {
      const follow = createEventSource(areas, bus);
      return {
        service: {},
        routes: {},
        streams: {
          // What is published is typed where it is published.
          follow: ({ after }, follower, principal) =>
            follow(after, follower as StreamFollower<unknown>, principal),
        },
      };
    },
  });
}
