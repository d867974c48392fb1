import * as z from "zod";

/** A form as whoever asks describes it: the flat subset of JSON Schema that MCP's elicitation allows. */

const MAX_FIELDS = 20;
const MAX_VALUES = 50;

const described = {
  title: z.string().trim().max(200).optional(),
  description: z.string().trim().max(500).optional(),
};
const Value = z.string().min(1).max(200);
const Length = z.int().min(0).max(20_000);

const OneOfNamed = z.strictObject({
  type: z.literal("string"),
  ...described,
  enum: z.array(Value).min(1).max(MAX_VALUES),
  enumNames: z.array(Value).max(MAX_VALUES).optional(),
  default: z.string().max(200).optional(),
});
const OneOfTitled = z.strictObject({
  type: z.literal("string"),
  ...described,
  oneOf: z
    .array(z.strictObject({ const: Value, title: Value }))
    .min(1)
    .max(MAX_VALUES),
  default: z.string().max(200).optional(),
});
const Text = z.strictObject({
  type: z.literal("string"),
  ...described,
  minLength: Length.optional(),
  maxLength: Length.optional(),
  format: z.enum(["email", "uri", "date", "date-time"]).optional(),
  default: z.string().max(20_000).optional(),
});
const Numeric = z.strictObject({
  type: z.enum(["number", "integer"]),
  ...described,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.number().optional(),
});
const YesOrNo = z.strictObject({ type: z.literal("boolean"), ...described, default: z.boolean().optional() });

export const FieldSchema = z.union([OneOfNamed, OneOfTitled, Text, Numeric, YesOrNo]);
export type FieldSchema = z.output<typeof FieldSchema>;

export const Form = z.strictObject({
  type: z.literal("object").default("object"),
  properties: z
    .record(z.string().min(1).max(100), FieldSchema)
    .refine((fields) => Object.keys(fields).length > 0, "must have at least one field")
    .refine((fields) => Object.keys(fields).length <= MAX_FIELDS, `must have at most ${MAX_FIELDS} fields`),
  required: z.array(z.string().max(100)).max(MAX_FIELDS).optional(),
});
export type Form = z.output<typeof Form>;
