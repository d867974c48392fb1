import type { Area, StreamFollower, StreamFollowing } from "../../contract/define.ts";
import type { AccessScope, Principal } from "../../contract/principal.ts";
import type { BusEvent, EventSource } from "../../kernel/bus.ts";
import type { Signal } from "./contract.ts";

type Follow = (
  after: string,
  follower: StreamFollower<BusEvent | Signal>,
  principal: Pick<Principal, "scopes">,
) => StreamFollowing;

/** Tells followers what is published, and first what they missed. An event's position is `<boot id>-<seq>`. */
export function createEventSource(areas: readonly Area[], bus: EventSource): Follow {
  const scopeOf = new Map<string, AccessScope>(
    areas.flatMap(({ name, eventScopes = {} }) =>
      Object.entries(eventScopes).map(([event, scope]) => [`${name}.${event}`, scope] as const),
    ),
  );

  return (after, follower, { scopes }) => {
    const push = (frame: BusEvent | Signal) => follower.push(frame, `${bus.bootId}-${frame.seq}`);
    const tell = (event: BusEvent) => {
      const scope = scopeOf.get(event.type);
      if (scope === undefined || scopes.has(scope)) push(event);
    };
    const signal = (type: Signal["type"]) => push({ type, seq: bus.seq, payload: {} });

    const missed = after === "" ? [] : missedSince(after, bus);
    for (const event of missed ?? []) tell(event);
    signal(missed === null ? "reset" : "ready");
    // Events can't be held back: what a slow follower has not read waits for it up to a limit, and then it is let go.
    return { resume: () => {}, stop: bus.subscribe(tell) };
  };
}

/** Null when it is not known any more. */
function missedSince(after: string, bus: EventSource): readonly BusEvent[] | null {
  const dash = after.indexOf("-");
  const isSameProcess = dash < 0 || after.slice(0, dash) === bus.bootId;
  return isSameProcess ? bus.since(Number(after.slice(dash + 1))) : null;
}
