import type { FastifyRequest } from "fastify";

/** The body as it came, "" for none. */
export const textBody = (request: FastifyRequest): string =>
  typeof request.body === "string" ? request.body : "";

/**
 * The JSON object that a body is, {} for none.
 *
 * Contract: throws SyntaxError for what is no JSON, TypeError for JSON that is no object.
 */
export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") return {};
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError("The body must be a JSON object.");
}
