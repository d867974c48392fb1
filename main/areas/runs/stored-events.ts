import type { PermissionRequest } from "../permissions/contract.ts";
import type { Message, ToolCall } from "../sessions/contract.ts";
import type { RunEvent } from "./contract.ts";

type EventOfType<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;
type Placed = Pick<RunEvent, "seq" | "at">;

/** Where a call was said: the event with the model's message, and which of the message's calls it is. */
interface CallPlace {
  readonly saidIn: number;
  readonly nth: number;
}

/**
 * An event as it is kept. What another record says already is named there and not said again: a call is in the model's
 * message, what was asked and shown is in the permission request. Events as earlier versions kept them, whole, are read too.
 */
export type StoredEvent =
  | RunEvent
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
  /** How many characters were left out. */
  readonly leftOut: number;
}

/** Packs the events of one run, in order. Events of a transaction that failed may be packed again. */
export function createEventPacker(): (events: readonly RunEvent[]) => PackedEvents {
  let saidIn = 0;
  let said: readonly string[] = [];
  return (events) => {
    let leftOut = 0;
    const pack = (event: RunEvent): StoredEvent => {
      switch (event.type) {
        case "message_end":
          saidIn = event.seq;
          said = callsIn(event.message).map((call) => JSON.stringify(call));
          return event;
        case "tool_start":
        case "tool_end": {
          const call = JSON.stringify(event.call);
          const nth = said.indexOf(call);
          if (nth < 0) return event;
          leftOut += call.length;
          return { ...event, call: { saidIn, nth } };
        }
        case "permission_request": {
          const { seq, at, type, permissionId, ...asked } = event;
          leftOut += JSON.stringify(asked).length;
          return { seq, at, type, permissionId };
        }
        default:
          return event;
      }
    };
    return { events: events.map(pack), leftOut };
  };
}

/** The event as it was, for those who replay. */
export function unpackEvent(
  stored: StoredEvent,
  records: {
    /** The message that was said in an event of this run. */
    readonly message: (seq: number) => Message | null;
    readonly asked: (permissionId: string) => AskedRecord | null;
  },
): RunEvent {
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
      if ("tool" in stored) return stored;
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
    default:
      return stored;
  }
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
