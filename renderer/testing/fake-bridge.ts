import type { Page } from "../../main/contract/define.ts";
import type { Bridge, CallResult, PageEvent } from "../../preload/contract.ts";

type Answering = (input: never) => unknown;

export interface FakeBridge extends Bridge {
  /** Publishes an event as the main process would. */
  emit(type: string, payload: unknown): void;
  /** Every call made so far: `permissions.decide`, input. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  /** What the page follows now: `runs.follow`, input. */
  readonly followed: readonly { readonly name: string; readonly input: unknown }[];
  /** Tells a frame to all that follow this stream. */
  tell(stream: string, frame: unknown): void;
}

/**
 * A bridge whose answers are given: `{ "permissions.listPending": () => ({ permissions: [] }) }`. An answer that
 * throws an object with `code` and `message` is a refusal; a call without an answer gets one too.
 */
export function fakeBridge(
  page: Page,
  answers: Readonly<Record<string, Answering>>,
  options: { readonly delayMs?: number } = {},
): FakeBridge {
  const listeners = new Set<(events: readonly PageEvent[]) => void>();
  const calls: { name: string; input: unknown }[] = [];
  const followed = new Map<number, { name: string; input: unknown }>();
  let seq = 0;
  return {
    page,
    calls,
    async call(area, endpoint, input): Promise<CallResult> {
      const name = `${area}.${endpoint}`;
      calls.push({ name, input });
      await new Promise((resolve) => setTimeout(resolve, options.delayMs ?? 0));
      const respond = answers[name];
      if (respond === undefined) {
        return { ok: false, error: { code: "request.invalid", message: `No answer was given for ${name}.` } };
      }
      try {
        return { ok: true, value: await respond(input as never), seq };
      } catch (caught) {
        const { code = "internal", message = String(caught) } = caught as { code?: string; message?: string };
        return { ok: false, error: { code, message } };
      }
    },
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get followed() {
      return [...followed.values()];
    },
    follow(key, area, stream, input) {
      followed.set(key, { name: `${area}.${stream}`, input });
    },
    leave(key) {
      followed.delete(key);
    },
    tell(stream, payload) {
      for (const [following, { name }] of followed) {
        if (name !== stream) continue;
        for (const listener of listeners) listener([{ type: name, seq: 0, payload, following }]);
      }
    },
    emit(type, payload) {
      seq += 1;
      for (const listener of listeners) listener([{ type, seq, payload }]);
    },
  };
}
