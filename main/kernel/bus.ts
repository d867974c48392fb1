import { randomBytes } from "node:crypto";
import type { Area, EventOf } from "../contract/define.ts";

export interface BusEvent {
  /** `<area>.<event>` */
  readonly type: string;
  readonly seq: number;
  readonly payload: unknown;
  /** `{type, seq, payload}`, serialised once however many read it. */
  readonly json: string;
}

export type Publish<A extends Area> = <T extends EventOf<A>["type"]>(
  type: T,
  payload: Extract<EventOf<A>, { type: T }>["payload"],
) => void;

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

class Event implements BusEvent {
  readonly type: string;
  readonly seq: number;
  readonly payload: unknown;
  #json: string | undefined;

  constructor(type: string, seq: number, payload: unknown) {
    this.type = type;
    this.seq = seq;
    this.payload = payload;
  }

  get json(): string {
    this.#json ??= JSON.stringify({ type: this.type, seq: this.seq, payload: this.payload });
    return this.#json;
  }
}

export function createBus(reportError: (error: unknown) => void): Bus {
  const listeners = new Set<(event: BusEvent) => void>();
  const ring: Event[] = [];
  let seq = 0;
  let delivered = 0;
  let isDelivering = false;

  const deliver = (event: Event) => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        if (event.type !== reportedType) reportError(error);
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
      ring[seq % KEPT_EVENTS] = new Event(type, seq, payload);
    },
  };
}
