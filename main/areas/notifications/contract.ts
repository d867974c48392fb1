import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { defineSection, type SectionValues } from "../../contract/settings-section.ts";

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:00");

export const notificationSettings = defineSection({
  name: "notifications",
  schema: z
    .object({
      enabled: z.boolean().default(true),
      sound: z.boolean().default(false),
      /** Hides targets and arguments: only who asks and which tool. */
      privacy: z.boolean().default(false),
      /** Local times; both null is never. */
      quietFrom: TimeOfDay.nullable().default(null),
      quietUntil: TimeOfDay.nullable().default(null),
      runEnded: z.boolean().default(false),
      /** Shows the popup by itself when a request arrives. */
      popup: z.boolean().default(true),
    })
    .refine(
      ({ quietFrom, quietUntil }) => (quietFrom === null) === (quietUntil === null),
      "must have both quiet_from and quiet_until, or neither",
    ),
  // Who is not told of what waits does not see what is asked for, and by whom.
  loosens: (before, after) => [
    ...(before.enabled && !after.enabled ? ["You would not be notified of what waits for you."] : []),
    ...(before.popup && !after.popup ? ["The popup would not come up by itself when something waits."] : []),
    ...(after.quietFrom !== null &&
    (after.quietFrom !== before.quietFrom || after.quietUntil !== before.quietUntil)
      ? [`You would not be notified of what waits from ${after.quietFrom} to ${after.quietUntil}.`]
      : []),
  ],
});
export type NotificationSettings = SectionValues<typeof notificationSettings>;

/** What a person is told outside a window. It answers no calls; its section says how much is told. */
export const notifications = defineArea({
  name: "notifications",
  settings: notificationSettings,
  endpoints: {},
  events: {},
  errors: {},
});
