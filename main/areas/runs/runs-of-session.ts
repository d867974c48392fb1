import type { Publish } from "../../kernel/bus.ts";
import type { SessionBelongings } from "../sessions/service.ts";
import type { Run, runs } from "./contract.ts";
import type { EventStore } from "./store/event-store.ts";
import type { RunStore } from "./store/run-store.ts";

/** A session's runs go with it, each with its log first; one that goes on keeps its session. */
export function runsOfSession(deps: {
  readonly store: RunStore;
  readonly eventStore: EventStore;
  readonly publish: Publish<typeof runs>;
  readonly active: () => readonly Run[];
  /** It is not to be found in memory either. */
  readonly forget: (id: string) => void;
}): SessionBelongings {
  const { store, eventStore, publish, active, forget } = deps;
  return {
    inUse: () => new Set(active().map(({ sessionId }) => sessionId)),
    newestOf: (id) => store.newestOf(id),
    removeSome(id, newest) {
      const run = store.oldestOf(id, newest);
      if (run === null) return false;
      forget(run.id);
      if (!eventStore.removeSome(run.key)) store.remove(run.key);
      return true;
    },
    removed: (sessionId, before) => publish("runs.removed", { sessionId, before }),
  };
}
