/** A line of a field table. `depth` is how deep the field lies inside its parent. */
export interface SchemaRow {
  readonly name: string;
  readonly type: string;
  readonly notes: string;
  readonly isRequired: boolean;
  readonly depth: number;
}

type Schema = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 5;
/** Longer ones say nothing to a person. */
const MAX_PATTERN = 40;

/** A JSON Schema as lines that a person can read from top to bottom. */
export function schemaRows(schema: Schema, depth = 0): SchemaRow[] {
  if (depth > MAX_DEPTH) return [];
  const { object, alternatives } = insideOf(schema);
  const required = (object["required"] ?? []) as readonly string[];
  const own = Object.entries(propertiesOf(object)).flatMap(([name, property]) => [
    { name, type: typeName(property), notes: notesOn(property), isRequired: required.includes(name), depth },
    ...schemaRows(property, depth + 1),
  ]);
  const branches = alternatives.flatMap((branch) => [
    { name: branchName(branch), type: "", notes: "", isRequired: true, depth },
    ...schemaRows(branch, depth + 1),
  ]);
  return [...own, ...branches];
}

/** Looks through lists, `T or null` and intersections to what has fields. */
function insideOf(schema: Schema): { object: Schema; alternatives: readonly Schema[] } {
  if (schema["type"] === "array") return insideOf(schema["items"] as Schema);
  const parts = (schema["allOf"] ?? []) as readonly Schema[];
  if (parts.length > 0) {
    const inside = parts.map(insideOf);
    return {
      object: {
        properties: Object.assign({}, ...inside.map(({ object }) => propertiesOf(object))) as Schema,
        required: inside.flatMap(({ object }) => (object["required"] ?? []) as string[]),
      },
      alternatives: inside.flatMap(({ alternatives }) => alternatives),
    };
  }
  const branches = branchesOf(schema).filter((branch) => branch["type"] !== "null");
  const first = branches[0];
  if (branches.length === 1 && first !== undefined) return insideOf(first);
  const values = schema["additionalProperties"];
  if (
    schema["type"] === "object" &&
    typeof values === "object" &&
    values !== null &&
    !("properties" in schema)
  ) {
    return insideOf(values as Schema);
  }
  return { object: schema, alternatives: branches.filter((branch) => "properties" in branch) };
}

function branchesOf(schema: Schema): readonly Schema[] {
  return (schema["oneOf"] ?? schema["anyOf"] ?? []) as readonly Schema[];
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
}

/** What tells one kind of object from the others: `type: text_delta`. */
function branchName(branch: Schema): string {
  const found = Object.entries(propertiesOf(branch)).find(([, property]) => "const" in property);
  return found === undefined ? "or" : `${found[0]}: ${String(found[1]["const"])}`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
  null: "null",
};

function typeName(schema: Schema): string {
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  const types = schema["type"];
  if (Array.isArray(types))
    return types.map((type) => typeName({ ...schema, type: type as unknown })).join(" or ");
  if (types === "array") return `list of ${typeName(schema["items"] as Schema)}`;
  if (schema["allOf"] !== undefined) return "object";
  const branches = branchesOf(schema);
  if (branches.length > 0) return [...new Set(branches.map(typeName))].join(" or ");
  if (
    schema["type"] === "object" &&
    typeof schema["additionalProperties"] === "object" &&
    !("properties" in schema)
  ) {
    const value = typeName(schema["additionalProperties"] as Schema);
    return value === "anything" ? "object" : `object of ${value}`;
  }
  return TYPE_WORDS[String(schema["type"])] ?? "anything";
}

function notesOn(schema: Schema): string {
  const parts = [
    "default" in schema ? `default ${JSON.stringify(schema["default"])}` : "",
    rangeOf(schema["minimum"], schema["maximum"], ""),
    rangeOf(schema["minLength"], schema["maxLength"], " characters"),
    typeof schema["pattern"] === "string" && schema["pattern"].length <= MAX_PATTERN ? schema["pattern"] : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function rangeOf(low: unknown, high: unknown, unit: string): string {
  const isTelling = (value: unknown): value is number =>
    typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isTelling(low) && isTelling(high)) return `${low} to ${high}${unit}`;
  if (isTelling(high)) return `at most ${high}${unit}`;
  return isTelling(low) ? `at least ${low}${unit}` : "";
}
