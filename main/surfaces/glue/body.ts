import type * as z from "zod";
import { badRequest } from "./errors.ts";
import { firstJsonValue } from "./first-json-value.ts";

/** A request body as the Go decoder takes it: unknown names ignored, null the same as absent (Glue contract 0). */
export function parseBody<S extends z.ZodObject>(schema: S, body: unknown): z.output<S> {
  let value: unknown;
  try {
    value = firstJsonValue(typeof body === "string" ? body : "");
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
  return parsed.data;
}
