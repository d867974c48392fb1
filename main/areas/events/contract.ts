import * as z from "zod";
import { defineArea, type Area, type EventOf } from "../../contract/define.ts";

/** What is told about the stream itself. */
const signals = [
  z.object({ type: z.literal("ready"), seq: z.int(), payload: z.object({}) }),
  z.object({ type: z.literal("reset"), seq: z.int(), payload: z.object({}) }),
] as const;
export type Signal = z.infer<(typeof signals)[number]>;

/** Each event of each of these areas. */
type EventOfEach<A extends Area> = A extends Area ? EventOf<A> : never;
export type EventFrame<A extends Area> = Signal | EventOfEach<A>;

function eventFrame<A extends Area>(areas: readonly A[]): z.ZodType<EventFrame<A>> {
  const events = areas.flatMap(({ name, events }) =>
    Object.entries<z.ZodType>(events).map(([event, payload]) =>
      z.object({ type: z.literal(`${name}.${event}`), seq: z.int().min(1), payload }),
    ),
  );
  const frame: z.ZodType = z.discriminatedUnion("type", [...signals, ...events]);
  // The names and payloads that the type is made of are the ones that the schema was just made of.
  return frame as z.ZodType<EventFrame<A>>;
}

/** The events of these areas, as one stream. */
export function eventsContract<A extends Area>(areas: readonly A[]) {
  return defineArea({
    name: "events",
    endpoints: {},
    events: {},
    streams: {
      follow: {
        path: "/events",
        summary:
          "Everything that happens, in order, without end. `ready`: what was missed has been told, what follows is new. `reset`: it is not known any more, so read everything anew. An event that asks for a further scope is told to those who have it.",
        scope: "follow",
        input: z.strictObject({
          after: z
            .string()
            .regex(
              /^(?:(?:[0-9a-f]{1,64}-)?\d{1,15})?$/,
              "takes the id of an event, such as 0123456789abcdef-42",
            )
            .default(""),
        }),
        frame: eventFrame(areas),
        position: "after",
      },
    },
    errors: {},
  });
}
