import { charactersIn } from "../../kernel/characters.ts";
import { storedPresentation } from "../inspection/stored-presentation.ts";
import type { PermissionRequest } from "../permissions/contract.ts";
import type { Message, ToolCall } from "../sessions/contract.ts";
import type { RunEvent } from "./contract.ts";
import { textOf } from "./loop/messages.ts";

type EventOfType<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;
type Placed = Pick<RunEvent, "seq" | "at">;

/** Where a call was said: the event with the model's message, and which of the message's calls it is. */
interface CallPlace {
  readonly saidIn: number;
  readonly nth: number;
}

/** Pieces of text that came together, each an event of its own, numbered on from `seq`. */
export interface StoredDeltas extends Placed {
  readonly type: "text_deltas";
  readonly deltas: string[];
}

/**
 * An event as it is kept. What another record says already is named there and not said again: a call and the final text
 * are in the model's message, what was asked and shown is in the permission request. Events as earlier versions kept
 * them, whole, are read too.
 */
export type StoredEvent =
  | RunEvent
  | StoredDeltas
  | (Placed & Omit<EventOfType<"run_done">, "text"> & { readonly textIn: number })
  | (Placed & Pick<EventOfType<"permission_request">, "type" | "permissionId">)
  | (Placed & Pick<EventOfType<"tool_start">, "type"> & { readonly call: CallPlace })
  | (Placed & Omit<EventOfType<"tool_end">, "call"> & { readonly call: CallPlace });

/** What was asked, as the gate has it on record. */
export type AskedRecord = Pick<
  PermissionRequest,
  "tool" | "action" | "target" | "arguments" | "expiresAt" | "presentation"
>;

export interface PackedEvents {
  readonly events: readonly StoredEvent[];
  /** The number of the last event that is in them. */
  readonly lastSeq: number;
  /** How many characters were left out. */
  readonly leftOut: number;
}

/** What a piece of text has around it as an event of its own. */
const DELTA_FRAME = JSON.stringify({ seq: 10, at: Date.now(), type: "text_delta", delta: "" }).length;

/** Packs the events of one run, in order. Events of a transaction that failed may be packed again. */
export function createEventPacker(): (events: readonly RunEvent[]) => PackedEvents {
  let saidIn = 0;
  let said: readonly ToolCall[] = [];
  let saidText = "";
  const placeOf = (call: ToolCall): number => {
    const nth = said.indexOf(call);
    return nth >= 0 ? nth : said.findIndex((each) => isSameJson(each, call));
  };
  return (events) => {
    let leftOut = 0;
    const pack = (event: RunEvent): StoredEvent => {
      switch (event.type) {
        case "message_end":
          saidIn = event.seq;
          said = callsIn(event.message);
          saidText = textOf(event.message);
          return event;
        case "tool_start":
        case "tool_end": {
          const nth = placeOf(event.call);
          if (nth < 0) return event;
          leftOut += charactersIn(event.call);
          return { ...event, call: { saidIn, nth } };
        }
        case "permission_request": {
          const { seq, at, type, permissionId, ...asked } = event;
          leftOut += charactersIn(asked);
          return { seq, at, type, permissionId };
        }
        case "run_done": {
          if (saidIn === 0 || event.text !== saidText) return event;
          const { text, ...rest } = event;
          leftOut += text.length;
          return { ...rest, textIn: saidIn };
        }
        default:
          return event;
      }
    };
    const packed: StoredEvent[] = [];
    for (const event of events) {
      const last = packed.at(-1);
      if (event.type !== "text_delta") {
        packed.push(pack(event));
      } else if (last?.type === "text_deltas" && last.at === event.at) {
        last.deltas.push(event.delta);
        leftOut += DELTA_FRAME;
      } else {
        packed.push({ seq: event.seq, at: event.at, type: "text_deltas", deltas: [event.delta] });
      }
    }
    return { events: packed, lastSeq: events.at(-1)?.seq ?? 0, leftOut };
  };
}

/** Where what is no longer said in an event can be found. */
export interface EventRecords {
  /** The message that was said in an event of this run. */
  readonly message: (seq: number) => Message | null;
  readonly asked: (permissionId: string) => AskedRecord | null;
}

export const countEvents = (stored: readonly StoredEvent[]): number =>
  stored.reduce((count, event) => count + (event.type === "text_deltas" ? event.deltas.length : 1), 0);

/** The event whose message has what this one leaves out; null for one that leaves out nothing of a message. */
export function messageNamedBy(stored: StoredEvent): number | null {
  if (stored.type === "run_done") return "textIn" in stored ? stored.textIn : null;
  if (stored.type !== "tool_start" && stored.type !== "tool_end") return null;
  return "saidIn" in stored.call ? stored.call.saidIn : null;
}

/** The events after `after` as they were, for those who replay. Records are read no further than events are taken. */
export function* unpackEvents(
  stored: readonly StoredEvent[],
  records: EventRecords,
  after = 0,
): Generator<RunEvent> {
  for (const event of stored) {
    if (event.type === "text_deltas") {
      for (const [nth, delta] of event.deltas.entries()) {
        const seq = event.seq + nth;
        if (seq > after) yield { seq, at: event.at, type: "text_delta", delta };
      }
    } else if (event.seq > after) yield unpackEvent(event, records);
  }
}

function unpackEvent(stored: Exclude<StoredEvent, StoredDeltas>, records: EventRecords): RunEvent {
  switch (stored.type) {
    case "tool_start":
    case "tool_end": {
      const { call } = stored;
      if (!("saidIn" in call)) return stored as RunEvent;
      const message = records.message(call.saidIn);
      const said = message === null ? undefined : callsIn(message)[call.nth];
      return { ...stored, call: said ?? NO_LONGER_KEPT.call };
    }
    case "permission_request": {
      if ("tool" in stored) return { ...stored, presentation: storedPresentation(stored.presentation) };
      const { seq, at, type, permissionId } = stored;
      const { tool, action, target, expiresAt, presentation, ...rest } =
        records.asked(permissionId) ?? NO_LONGER_KEPT.asked;
      const args = rest.arguments;
      return {
        seq,
        at,
        type,
        permissionId,
        tool,
        action,
        target,
        arguments: args,
        expiresAt,
        presentation,
      };
    }
    case "run_done": {
      if (!("textIn" in stored)) return stored;
      const { seq, at, type, usage, textIn } = stored;
      const message = records.message(textIn);
      return { seq, at, type, text: message === null ? "" : textOf(message), usage };
    }
    default:
      return stored;
  }
}

/** As JSON the two are the same to the byte. Arguments may be megabytes long, so it is not written for that. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return one === other;
  }
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === others.length &&
    keys.every(
      (key, at) =>
        key === others[at] &&
        isSameJson((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  );
}

function callsIn(message: Message): ToolCall[] {
  return message.content.flatMap((part) => (part.type === "tool_call" ? [part.toolCall] : []));
}

/** A replay goes on where a record was lost or swept. */
const NO_LONGER_KEPT: { readonly call: ToolCall; readonly asked: AskedRecord } = {
  call: { id: "", name: "", arguments: {} },
  asked: {
    tool: "",
    action: "",
    target: "",
    arguments: {},
    expiresAt: null,
    presentation: {
      wants: "asked for something",
      act: "do what is no longer on record",
      body: { kind: "call", text: "What was asked is no longer on record." },
      risks: [],
    },
  },
};
