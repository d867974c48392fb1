import type * as z from "zod";
import { firstJsonValue } from "../../transport/surface-kit/first-json-value.ts";
import { isWrittenAsInteger } from "./integers.ts";
import { badRequest } from "./refusals.ts";

/**
 * A request body as the Go decoder takes it: unknown names ignored, null the same as absent (Glue contract 0). No
 * body of the dialect has a number that is no integer.
 */
export function parseBody<S extends z.ZodObject>(schema: S, text: string): z.output<S> {
  let value: unknown;
  try {
    value = firstJsonValue(text);
  } catch {
    throw badRequest("invalid JSON body");
  }
  if (value === null) value = {};
  if (typeof value !== "object" || Array.isArray(value)) throw badRequest("invalid JSON body");
  const present = Object.fromEntries(
    Object.entries(value as Record<string, unknown>).filter(([, field]) => field !== null),
  );
  const parsed = schema.safeParse(present);
  if (!parsed.success) throw badRequest("invalid JSON body");
  for (const [name, field] of Object.entries(present)) {
    if (typeof field === "number" && Object.hasOwn(schema.shape, name) && !isWrittenAsInteger(text, name)) {
      throw badRequest("invalid JSON body");
    }
  }
  return parsed.data;
}
