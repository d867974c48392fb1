import type { Clock } from "../../kernel/clock.ts";
import type { DiscoveredProvider, ProviderPort } from "./providers.ts";

const FRESH_MS = 30_000;
const MAX_LOOK_MS = 2000;

export interface Discovery {
  found(): readonly DiscoveredProvider[];
  /** Looks in the background unless it has just done so. */
  readonly look: () => void;
  stop(): void;
}

export function createDiscovery(
  models: ProviderPort | undefined,
  clock: Clock,
  changed: () => void,
): Discovery {
  const stopped = new AbortController();
  let found: readonly DiscoveredProvider[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;

  const lookNow = async (port: ProviderPort) => {
    found = await port.discover(AbortSignal.any([stopped.signal, AbortSignal.timeout(MAX_LOOK_MS)]));
    if (!stopped.signal.aborted) changed();
  };

  return {
    found: () => found,
    look() {
      if (models === undefined || stopped.signal.aborted || clock.steady() - lookedAt < FRESH_MS) return;
      lookedAt = clock.steady();
      void lookNow(models);
    },
    stop: () => stopped.abort(),
  };
}
