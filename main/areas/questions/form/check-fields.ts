import * as z from "zod";
import { quoted } from "../../../contract/sentence.ts";
import type { Answer, FormField } from "../contract.ts";

type FormValues = Extract<Answer, { kind: "form" }>["fields"];
type FormValue = FormValues[string];

const formats = {
  email: { schema: z.email(), words: "an e-mail address" },
  uri: { schema: z.url(), words: "an address such as https://example.org" },
  date: { schema: z.iso.date(), words: "a date such as 2026-03-31" },
  "date-time": { schema: z.iso.datetime({ offset: true }), words: "a time such as 2026-03-31T09:30:00Z" },
};

/** What is wrong with a form that was filled in, in words for whoever did; null when nothing is. */
export function wrongInFields(fields: readonly FormField[], given: FormValues): string | null {
  const names = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(given).find((name) => !names.has(name));
  if (unknown !== undefined) return `There is no field ${quoted(unknown, 60)}.`;
  for (const field of fields) {
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    const wrong = value === undefined ? (field.isRequired ? "is needed" : null) : wrongIn(field, value);
    if (wrong !== null) return `${quoted(field.label, 60)} ${wrong}.`;
  }
  return null;
}

function wrongIn(field: FormField, value: FormValue): string | null {
  switch (field.type) {
    case "boolean":
      return typeof value === "boolean" ? null : "is either true or false";
    case "choice":
      return field.choices.some((choice) => choice.value === value) ? null : "is not one of the choices";
    case "number":
    case "integer":
      return wrongInNumber(field, value);
    case "string":
      return wrongInText(field, value);
  }
}

function wrongInNumber(
  { type, minimum, maximum }: Extract<FormField, { type: "number" | "integer" }>,
  value: FormValue,
): string | null {
  if (typeof value !== "number") return "must be a number";
  if (type === "integer" && !Number.isSafeInteger(value)) return "must be a whole number";
  if (minimum !== null && value < minimum) return `must be at least ${minimum}`;
  return maximum !== null && value > maximum ? `must be at most ${maximum}` : null;
}

function wrongInText(
  { minLength, maxLength, format, isRequired }: Extract<FormField, { type: "string" }>,
  value: FormValue,
): string | null {
  if (typeof value !== "string") return "must be a text";
  if (isRequired && value.trim() === "") return "is needed";
  if (minLength !== null && value.length < minLength) return `must have at least ${minLength} characters`;
  if (maxLength !== null && value.length > maxLength) return `must have at most ${maxLength} characters`;
  if (format === null || formats[format].schema.safeParse(value).success) return null;
  return `must be ${formats[format].words}`;
}
