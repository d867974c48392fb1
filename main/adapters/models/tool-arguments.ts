import { isFields } from "./fields.ts";

/**
 * Arguments of a past call, to be shown to a model again. Servers refuse or choke on anything but an object, so text
 * that never was valid JSON is wrapped.
 */
export function argumentsObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "string") return isFields(value) ? value : {};
  if (value.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(value);
    if (isFields(parsed)) return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { invalid_json: value };
}

/** Arguments as the text that the loop parses: some servers send an object where a string is due. */
export function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
