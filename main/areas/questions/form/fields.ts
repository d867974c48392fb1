import type { Answer, FormField } from "../contract.ts";
import type { FieldSchema, Form } from "./contract.ts";

type FormValues = Extract<Answer, { kind: "form" }>["fields"];

/** The fields of a form, in its order. */
export function fieldsOf({ properties, required = [] }: Form): FormField[] {
  return Object.entries(properties).map(([name, schema]) => fieldOf(name, schema, required.includes(name)));
}

function fieldOf(name: string, schema: FieldSchema, isRequired: boolean): FormField {
  const { title, description } = schema;
  const described = { name, label: title || name, description: description || null, isRequired };
  switch (schema.type) {
    case "boolean":
      return { type: "boolean", ...described };
    case "number":
    case "integer":
      return {
        type: schema.type,
        ...described,
        minimum: schema.minimum ?? null,
        maximum: schema.maximum ?? null,
      };
    case "string":
      if ("enum" in schema) {
        const choices = schema.enum.map((value, at) => ({ value, label: schema.enumNames?.[at] ?? value }));
        return { type: "choice", ...described, choices };
      }
      if ("oneOf" in schema) {
        const choices = schema.oneOf.map((option) => ({ value: option.const, label: option.title }));
        return { type: "choice", ...described, choices };
      }
      return {
        type: "string",
        ...described,
        minLength: schema.minLength ?? null,
        maxLength: schema.maxLength ?? null,
        format: schema.format ?? null,
      };
  }
}

/** What the schema itself fills in; null if it says nothing of any field. */
export function defaultsOf({ properties }: Form): FormValues | null {
  const given = Object.entries(properties).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default] as const],
  );
  return given.length === 0 ? null : Object.fromEntries(given);
}
