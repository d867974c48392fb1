import { isFields } from "./fields.ts";

/**
 * Arguments of a past call, to be shown to a model again. They are kept as text when they were not to be understood, and
 * then they are wrapped: servers refuse or choke on anything but an object, and on one that is nested without end.
 */
export function argumentsObject(value: unknown): Record<string, unknown> {
  if (typeof value === "string") return value.trim() === "" ? {} : { invalid_json: value };
  return isFields(value) ? value : {};
}

/** Arguments as the text that the loop parses: some servers send an object where a string is due. */
export function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
