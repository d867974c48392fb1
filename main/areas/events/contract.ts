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

function oneOfAll(areas: readonly Area[]): z.ZodType {
  const events = areas.flatMap(({ name, events }) =>
    Object.entries<z.ZodType>(events).map(([event, payload]) =>
      z.object({ type: z.literal(`${name}.${event}`), seq: z.int().min(1), payload }),
    ),
  );
  return z.discriminatedUnion("type", [...signals, ...events]);
}

/** Made when somebody asks for it: neither a start nor most commands do. */
function eventFrame<A extends Area>(areas: readonly A[]): z.ZodType<EventFrame<A>> {
  // The names and payloads that the type is made of are the ones that the schema is made of.
  return z.lazy(() => oneOfAll(areas)) as z.ZodType as z.ZodType<EventFrame<A>>;
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
          "Everything that happens, in order, without end. Ready says that what was missed has been told and what follows is new; reset, that it is not known any more, so that everything has to be read anew. An event that asks for a further scope is told to those who have it.",
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
