import type { Page } from "../main/contract/define.ts";
import type { WireError } from "../main/contract/errors.ts";

/** `seq` is the event counter when the call began: a snapshot contains what was published up to there. */
export type CallResult =
  | { readonly ok: true; readonly value: unknown; readonly seq: number }
  | { readonly ok: false; readonly error: WireError };

export interface PageEvent {
  readonly type: string;
  /** 0 for what only this page was sent (`desktop.show`, frames of streams): no snapshot contains it, so it always applies. */
  readonly seq: number;
  readonly payload: unknown;
  /** A frame of what the page follows under this key. */
  readonly following?: number;
}

/** Everything a page can reach outside itself, as `window.gatehouse`. */
export interface Bridge {
  readonly page: Page;
  /** Contract: never rejects; a refusal is a value. */
  call(area: string, endpoint: string, input: unknown): Promise<CallResult>;
  /** Events in order, a few milliseconds' worth at a time. The result stops listening. */
  onEvents(listener: (events: readonly PageEvent[]) => void): () => void;
  /** Follows a stream under a key that the page has not used yet. Frames come among the events, with the key. */
  follow(key: number, area: string, stream: string, input: unknown): void;
  leave(key: number): void;
}

/** Names on the wire between the bridge and the main process. */
export const channels = {
  call: "gatehouse:call",
  events: "gatehouse:events",
  follow: "gatehouse:follow",
  leave: "gatehouse:leave",
} as const;
