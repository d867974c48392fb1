import { randomBytes } from "node:crypto";
import type { Area, EventOf } from "../contract/define.ts";

export interface BusEvent {
  /** `<area>.<event>` */
  readonly type: string;
  readonly seq: number;
  readonly payload: unknown;
}

export type Publish<A extends Area> = <T extends EventOf<A>["type"]>(
  type: T,
  payload: Extract<EventOf<A>, { type: T }>["payload"],
) => void;

/** What tells the events to followers needs of it. */
export type EventSource = Pick<Bus, "seq" | "bootId" | "subscribe" | "since">;

/** Announces what has happened. Nothing that must happen next depends on it. */
export interface Bus {
  /** Sequence number of the last event; 0 before the first. */
  readonly seq: number;
  /** Tells this process's sequence from another's. */
  readonly bootId: string;
  /** A listener may publish in turn: everybody still gets all events in the order of their numbers. */
  publish(type: string, payload: unknown): void;
  /** Contract: a listener that throws is reported and does not disturb the others. */
  subscribe(listener: (event: BusEvent) => void): () => void;
  /** Events after `seq`, or null when some of them are no longer kept: then read everything anew. */
  since(seq: number): readonly BusEvent[] | null;
}

const KEPT_EVENTS = 1024;

export function createBus(reportError: (error: unknown) => void): Bus {
  const listeners = new Set<(event: BusEvent) => void>();
  const ring: BusEvent[] = [];
  const undelivered: BusEvent[] = [];
  const ofReports = new WeakSet<BusEvent>();
  let seq = 0;
  let isDelivering = false;
  let isReporting = false;

  const report = (error: unknown) => {
    isReporting = true;
    try {
      reportError(error);
    } finally {
      isReporting = false;
    }
  };

  const deliver = (event: BusEvent) => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        // A report may be an event too: a listener that fails at every event would report for ever.
        if (!ofReports.has(event)) report(error);
      }
    }
  };

  return {
    get seq() {
      return seq;
    },
    bootId: randomBytes(8).toString("hex"),
    publish(type, payload) {
      seq += 1;
      const event = { type, seq, payload };
      if (isReporting) ofReports.add(event);
      ring[seq % KEPT_EVENTS] = event;
      undelivered.push(event);
      if (isDelivering) return;
      isDelivering = true;
      try {
        for (let next = undelivered.shift(); next !== undefined; next = undelivered.shift()) deliver(next);
      } finally {
        isDelivering = false;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since(after) {
      if (!Number.isSafeInteger(after) || after > seq || after < 0 || seq - after > KEPT_EVENTS) return null;
      return Array.from({ length: seq - after }, (_, i) => ring[(after + 1 + i) % KEPT_EVENTS] as BusEvent);
    },
  };
}
