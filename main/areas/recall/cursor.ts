import * as z from "zod";

/**
 * Where an answer goes on, with all that its order depends on: texts that came later and what is known of words by then
 * do not move it.
 */
const Cursor = z.object({
  /** What was searched instead of what was typed. */
  instead: z.string().nullable(),
  isAny: z.boolean(),
  /** The newest text of this part of the history. */
  to: z.number(),
  /** The lowest memory that was there. */
  floor: z.number(),
  isFirstPart: z.boolean(),
  /** The last one shown, and how many of this part were shown with it. */
  last: z.number().nullable(),
  shown: z.number(),
  now: z.number(),
  count: z.number(),
  averageLength: z.number(),
  weights: z.array(z.number()).max(100),
});
export type Cursor = z.infer<typeof Cursor>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Null: nobody was given this. */
export function readCursor(text: string): Cursor | null {
  try {
    const parsed = Cursor.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
