import * as z from "zod";
import type { Area } from "../../contract/define.ts";

export type JsonSchema = Record<string, unknown>;

export interface Components {
  /** A schema in which the nouns of the areas are references. */
  schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema;
  /** The nouns that were referred to so far, by name. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

const IN_ONE_SCHEMA = "#/$defs/";
const IN_DOCUMENT = "#/components/schemas/";

/** Names what areas call their nouns, once in the whole document. */
export function createComponents(areas: readonly Area[]): Components {
  const names = z.registry<{ id: string }>();
  const taken = new Map<string, z.ZodType>();
  for (const [id, noun] of areas.flatMap(({ nouns = {} }) => Object.entries<z.ZodType>(nouns))) {
    const known = taken.get(id);
    if (known !== undefined && known !== noun) throw new Error(`two nouns are called ${id}`);
    taken.set(id, noun);
    names.add(noun, { id });
  }
  const schemas: Record<string, JsonSchema> = {};

  const define = (name: string, schema: unknown): void => {
    const { id: _name, ...body } = inDocument(schema) as JsonSchema;
    const known = schemas[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(body)) {
      throw new Error(`${name} is taken otherwise than it is told, because of a default: it needs two nouns`);
    }
    schemas[name] = body;
  };

  return {
    schemas,
    schemaOf(schema, io) {
      // Inside another schema, so that a noun by itself becomes a reference too.
      const { $defs, properties } = z.toJSONSchema(z.object({ whole: schema }), {
        io,
        metadata: names,
        unrepresentable: "any",
        reused: "inline",
      });
      for (const [name, body] of Object.entries($defs ?? {})) define(name, body);
      return inDocument(properties?.["whole"]) as JsonSchema;
    },
  };
}

/** The same schema with its references where a document keeps what they refer to. */
function inDocument(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inDocument);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]: [string, unknown]) =>
      key === "$ref" && typeof value === "string" && value.startsWith(IN_ONE_SCHEMA)
        ? [key, IN_DOCUMENT + value.slice(IN_ONE_SCHEMA.length)]
        : [key, inDocument(value)],
    ),
  );
}
