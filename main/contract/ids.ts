import * as z from "zod";

/** Ids say what they are: a prefix and 32 lower-case hex digits (16 random bytes). */
const prefixed = <Prefix extends string>(prefix: Prefix) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), `must look like ${prefix}_ and 32 hex digits`);

export const RunId = prefixed("run").brand<"RunId", "inout">();
export type RunId = z.infer<typeof RunId>;

export const PermissionId = prefixed("perm").brand<"PermissionId", "inout">();
export type PermissionId = z.infer<typeof PermissionId>;

export const QuestionId = prefixed("ques").brand<"QuestionId", "inout">();
export type QuestionId = z.infer<typeof QuestionId>;

/** Grants are named after what they cover, so the same grant given twice has the same id (Glue contract 4.4). */
export const GrantId = z
  .string()
  .regex(/^grant_[0-9a-f]{16}$/, "must look like grant_ and 16 hex digits")
  .brand<"GrantId", "inout">();
export type GrantId = z.infer<typeof GrantId>;

export const DecisionId = prefixed("dec").brand<"DecisionId", "inout">();
export type DecisionId = z.infer<typeof DecisionId>;

/** When it was kept, in nanoseconds, and the beginning of a hash (Glue contract 5.4). An import brings ids of its own. */
export const MemoryId = z
  .string()
  .regex(/^mem_[0-9A-Za-z_-]{1,80}$/, "must look like mem_ and up to 80 letters and digits")
  .brand<"MemoryId", "inout">();
export type MemoryId = z.infer<typeof MemoryId>;

/** Sessions are named by clients (`telegram:42`, `a b`, `✓`), so any text will do. */
export const SessionId = z.string().min(1).max(1024).brand<"SessionId", "inout">();
export type SessionId = z.infer<typeof SessionId>;
