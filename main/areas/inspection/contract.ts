import * as z from "zod";

export const RiskKind = z.enum(["reads", "writes", "deletes", "network", "runs_code", "unknown"]);
export type RiskKind = z.infer<typeof RiskKind>;

/** `text` is the few words on the card ("rewrites history on a remote"), `why` the sentence on hover. */
export const Risk = z.object({
  kind: RiskKind,
  level: z.enum(["low", "medium", "high"]),
  text: z.string(),
  why: z.string(),
});
export type Risk = z.infer<typeof Risk>;

export const DiffLine = z.object({
  kind: z.enum(["same", "added", "removed"]),
  /** Line numbers from 1, before and after the change. */
  before: z.int().nullable(),
  after: z.int().nullable(),
  text: z.string(),
});
export const DiffHunk = z.object({
  beforeStart: z.int(),
  afterStart: z.int(),
  lines: z.array(DiffLine),
});
export const Diff = z.object({
  path: z.string(),
  status: z.enum(["created", "changed", "overwritten"]),
  added: z.int(),
  removed: z.int(),
  hunks: z.array(DiffHunk),
  /** Said when the hunks are not, or not all, of the change: not text, too long, or sure to fail. Show it with them. */
  note: z.string().nullable(),
});
export type Diff = z.infer<typeof Diff>;

/** What a person is shown. Made once, in the core, so that every front end shows the same. */
export const Presentation = z.object({
  /** "wants to run a command" */
  wants: z.string(),
  /** Name the thing and the act, for buttons and notifications: "run `git push`". At most 120 characters. */
  act: z.string(),
  body: z.discriminatedUnion("kind", [
    /** `text` is the whole command, never shortened, hidden characters made visible; scripts keep their lines. */
    z.object({ kind: z.literal("command"), text: z.string() }),
    z.object({ kind: z.literal("diff"), diff: Diff }),
    /** Any other call: its arguments as indented JSON. */
    z.object({ kind: z.literal("call"), text: z.string() }),
  ]),
  risks: z.array(Risk),
});
export type Presentation = z.infer<typeof Presentation>;
