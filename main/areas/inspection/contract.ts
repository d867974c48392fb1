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

export const DiffHunk = z.object({
  /** Number of its first line, from 1, before and after the change. */
  beforeStart: z.int(),
  afterStart: z.int(),
  /**
   * Its lines, one after the other, each behind its sign: `+` added, `-` removed, a blank for one that stays, and `\\`
   * for a remark about the line before. Every character of them can be seen.
   */
  text: z.string(),
});
export const Diff = z.object({
  path: z.string(),
  status: z.enum(["created", "changed", "overwritten"]),
  added: z.int(),
  removed: z.int(),
  hunks: z.array(DiffHunk),
  /** What is to be known of the change besides its lines. Show it with them. */
  note: z.string().nullable(),
});
export type Diff = z.infer<typeof Diff>;

/** A script that is written out in a command, or text that a program is given to read: plain, without any quoting. */
export const InlineScript = z.object({
  /** The command without it; `⟨script⟩` or `⟨input⟩` is its place. Words of the command are quoted, so none reads so. */
  line: z.string(),
  script: z.string(),
  /** What it is given to read, if the script does not come that way. */
  input: z.string(),
});
export type InlineScript = z.infer<typeof InlineScript>;

/** What a person is shown. Made once, in the core, so that every front end shows the same. */
export const Presentation = z.object({
  /** "wants to run a command". Like `act` a sentence of ours; what others gave stands between backticks. */
  wants: z.string(),
  /**
   * Names the thing and the act, for buttons and notifications: "run `git push`", with the folder and the input if they
   * make it another thing.
   */
  act: z.string(),
  /** `act` says all that would be done, so whoever has read it has seen the whole. */
  actIsAll: z.literal(true).optional(),
  /** Why not all of it can be shown, in a sentence for the person. What can't be seen can't be allowed. */
  unshown: z.string().optional(),
  body: z.discriminatedUnion("kind", [
    /**
     * `text` is the whole command, never shortened, hidden characters made visible; scripts keep their lines. With a
     * script in it, `reads` says which program runs that: "`node` reads 60 lines".
     */
    z.object({
      kind: z.literal("command"),
      text: z.string(),
      reads: z.string().optional(),
      inline: InlineScript.optional(),
    }),
    z.object({ kind: z.literal("diff"), diff: Diff }),
    /** Any other call: its arguments as indented JSON. */
    z.object({ kind: z.literal("call"), text: z.string() }),
  ]),
  risks: z.array(Risk),
});
export type Presentation = z.infer<typeof Presentation>;

/** Where a person sees all that would be done: in the words of `act`, only on the card, or nowhere. */
export const Sight = z.enum(["act", "card", "none"]);
export type Sight = z.infer<typeof Sight>;

/**
 * How far an answer may be remembered. `once`: not at all. `narrow`: for this very call. `wide`: a grant for every call
 * of the tool covers it too; only what is fully known, runs no code, stays in the work folder and is not high risk.
 */
export const Remember = z.enum(["once", "narrow", "wide"]);
export type Remember = z.infer<typeof Remember>;

/** A script that a command runs, or a file that one leads to, bound by the SHA-256 of its content. */
export interface BoundScript {
  readonly path: string;
  /** Only a part of the file: the script of that name in package.json. */
  readonly script?: string;
  readonly digest: string;
}

/** What a permission rule needs to know of a call beyond its name. */
export interface Subject {
  readonly action: string;
  readonly target: string;
  readonly remember: Remember;
  /**
   * SHA-256 over what `target` says in words: two calls may have the same words and must not share a grant. `target`
   * joins the words of a command by blanks, as Glue's clients expect, so `rm "a b"` and `rm a b` have the same one.
   */
  readonly fingerprint?: string;
  /** What the call meets where it acts, as it is now. The gate lets nothing run that meets something else. */
  readonly state?: string;
  /** Set for calls that run programs. `program` is the inner one behind wrappers such as `env` or `timeout`. */
  readonly execution?: {
    readonly program: string;
    readonly scripts: readonly BoundScript[];
    /** Where it runs, if that is not the folder it is asked in; the presentation's `act` names it then. */
    readonly folder?: string;
  };
}

const folder = z
  .string()
  .default("")
  .describe("Where it runs: an absolute path, or one relative to the work folder. Empty: the work folder.");
const input = z.string().default("").describe("Text for standard input.");

/** Something an agent wants to do, as data, before anybody has judged it. */
export const Proposal = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("program"), argv: z.array(z.string()).min(1).readonly(), folder, input }),
  /** Text for a shell, such as bash reads it. */
  z.object({ kind: z.literal("shell"), text: z.string(), folder, input }),
  z.object({
    kind: z.literal("file_change"),
    path: z.string(),
    status: Diff.shape.status,
    /** Null: can't be shown; `note` says why. */
    before: z.string().nullable(),
    after: z.string().nullable(),
    note: z.string().default(""),
  }),
  z.object({
    kind: z.literal("network"),
    method: z.string().default("GET"),
    url: z.string(),
    body: z.string().default(""),
  }),
  z.object({ kind: z.literal("mcp"), server: z.string(), tool: z.string(), arguments: z.unknown() }),
  z.object({ kind: z.literal("call"), tool: z.string(), arguments: z.unknown() }),
]);
/** As it is judged; what comes over the wire may leave out what has a default. */
export type Proposal = z.output<typeof Proposal>;

/** What a proposal means: what is remembered and compared, and what a person is shown. */
export interface Inspection {
  readonly subject: Subject;
  readonly presentation: Presentation;
  readonly refusal?: Refusal;
}

/** Why a call can't run, whatever anybody says to it: in words for the model, and in words for the person. */
export interface Refusal {
  readonly forModel: string;
  readonly forPerson: string;
}
