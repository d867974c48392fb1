import type { Area } from "./define.ts";
import { AppError } from "./errors.ts";

/** Builds a refusal that the area has declared; anything else does not compile. */
export function fail<A extends Area>(
  area: A,
  reason: keyof A["errors"] & string,
  message: string,
  options: { data?: unknown; cause?: unknown } = {},
): AppError {
  return new AppError(`${area.name}.${reason}`, area.errors[reason] ?? 500, message, options);
}
