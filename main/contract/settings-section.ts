import * as z from "zod";

/**
 * One section of the settings, declared once by the area it belongs to: keys, checks and defaults. The wire and the
 * pages use the names given here; the file spells name and keys in snake_case. Every key has a default.
 */
export interface SettingsSection<Name extends string = string, Schema extends z.ZodObject = z.ZodObject> {
  readonly name: Name;
  /** What is inside a value (the keys of a record) is written to the file as it is. */
  readonly schema: Schema;
  /** What this change lets through that was asked for, refused or hidden before: a sentence each, for a person. */
  loosens?(before: z.output<Schema>, after: z.output<Schema>): readonly string[];
}

type EveryKeyHasADefault<Schema extends z.ZodObject> =
  Record<never, never> extends z.input<Schema> ? unknown : never;

export function defineSection<const Name extends string, Schema extends z.ZodObject>(
  section: SettingsSection<Name, Schema> & { readonly schema: EveryKeyHasADefault<Schema> },
): SettingsSection<Name, Schema> {
  return section;
}

/** The values of a section as they hold. */
export type SectionValues<S extends SettingsSection> = z.output<S["schema"]>;

type WithoutDefault<Field> = Field extends z.ZodDefault<infer Inner> ? Inner : Field;

/** The same keys, all of which are there. */
export type ValueSchema<Schema extends z.ZodObject> = z.ZodObject<{
  [Key in keyof Schema["shape"]]: WithoutDefault<Schema["shape"][Key]>;
}>;

export function valueSchema<Schema extends z.ZodObject>(schema: Schema): ValueSchema<Schema> {
  const fields = Object.entries(schema.shape).map(([key, field]) => [key, withoutDefault(field)]);
  return z.object(Object.fromEntries(fields)) as ValueSchema<Schema>;
}

/** The same keys, each of which may be left out, and none of which has a default. */
export type ChangeSchema<Schema extends z.ZodObject> = z.ZodObject<
  { [Key in keyof Schema["shape"]]: z.ZodOptional<WithoutDefault<Schema["shape"][Key]>> },
  z.core.$strict
>;

export function changeSchema<Schema extends z.ZodObject>(schema: Schema): ChangeSchema<Schema> {
  const fields = Object.entries(schema.shape).map(([key, field]) => [key, withoutDefault(field).optional()]);
  return z.strictObject(Object.fromEntries(fields)) as ChangeSchema<Schema>;
}

export function withoutDefault(field: z.core.$ZodType): z.ZodType {
  return (field instanceof z.ZodDefault ? field.unwrap() : field) as z.ZodType;
}
