import * as z from "zod";
import { Decider } from "../../contract/decider.ts";
import { defineArea } from "../../contract/define.ts";
import { QuestionId, SessionId } from "../../contract/ids.ts";
import { MAX_ANSWER_TEXT_CHARACTERS } from "../../contract/limits.ts";
import { Asker } from "../../contract/principal.ts";
import { AskDoor, Origin } from "../permissions/contract.ts";
import { Form } from "./form/contract.ts";

const MAX_TEXT = 8_000;
const MAX_CHOICES = 20;
const MAX_WAIT_MS = 60_000;
const DAY_SECONDS = 24 * 60 * 60;

/** One of the answers that an agent offers. */
export const QuestionChoice = z.object({
  /** What the agent is told. */
  value: z.string(),
  /** What the person reads. */
  label: z.string(),
  description: z.string().nullable(),
});
export type QuestionChoice = z.infer<typeof QuestionChoice>;

const described = {
  name: z.string(),
  label: z.string(),
  description: z.string().nullable(),
  isRequired: z.boolean(),
};

/** A field of a small form. */
export const FormField = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("string"),
    ...described,
    minLength: z.int().nullable(),
    maxLength: z.int().nullable(),
    format: z.enum(["email", "uri", "date", "date-time"]).nullable(),
  }),
  z.object({
    type: z.enum(["number", "integer"]),
    ...described,
    minimum: z.number().nullable(),
    maximum: z.number().nullable(),
  }),
  z.object({ type: z.literal("boolean"), ...described }),
  z.object({
    type: z.literal("choice"),
    ...described,
    choices: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
]);
export type FormField = z.infer<typeof FormField>;

/** What a person says: words of their own, some of the choices, or a form that is filled in. */
export const Answer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().max(MAX_ANSWER_TEXT_CHARACTERS) }),
  z.strictObject({ kind: z.literal("choices"), values: z.array(z.string().max(200)).max(MAX_CHOICES) }),
  z.strictObject({
    kind: z.literal("form"),
    fields: z.record(
      z.string().max(100),
      z.union([z.string().max(MAX_ANSWER_TEXT_CHARACTERS), z.number(), z.boolean()]),
    ),
  }),
]);
export type Answer = z.infer<typeof Answer>;

/** `low` waits in the tray and the Inbox, without coming up by itself; `high` is told at once, and comes first. */
export const Urgency = z.enum(["low", "normal", "high"]);
export type Urgency = z.infer<typeof Urgency>;

/** Without an answer in time: the default is given, or it is said that nobody answered. `stay` has no end. */
export const OnTimeout = z.enum(["default", "unanswered", "stay"]);
export type OnTimeout = z.infer<typeof OnTimeout>;

export const QuestionStatus = z.enum(["pending", "answered", "declined", "expired", "withdrawn"]);
export type QuestionStatus = z.infer<typeof QuestionStatus>;

/** Something that an agent asks a person in words. All of it is the agent's own. */
export const Question = z.object({
  id: QuestionId,
  ...Origin.omit({ folder: true }).shape,
  /** The folder it is about, "" if it names none. */
  workDir: z.string(),
  asker: Asker,
  text: z.string(),
  /** Without choices and fields it is answered in words. */
  choices: z.array(QuestionChoice),
  isSeveral: z.boolean(),
  /** Besides the choices, an answer in words will do. */
  allowsText: z.boolean(),
  fields: z.array(FormField),
  defaultAnswer: Answer.nullable(),
  urgency: Urgency,
  onTimeout: OnTimeout,
  status: QuestionStatus,
  askedAt: z.int(),
  /** Null: waits as long as it takes. */
  expiresAt: z.int().nullable(),
  settledAt: z.int().nullable(),
  /** Of an expired question, the default that was given instead. */
  answer: Answer.nullable(),
  decidedBy: Decider.nullable(),
  /** The words that went with declining it, or why it was withdrawn. */
  reason: z.string().nullable(),
});
export type Question = z.infer<typeof Question>;

const Label = z.string().trim().min(1).max(200);

/** What is asked, as whoever asks says it. */
export const Wanted = z.strictObject({
  text: z.string().trim().min(1).max(MAX_TEXT),
  /** One of them is chosen, or several. A text is both value and label. */
  choices: z
    .array(
      z.union([
        Label,
        z.strictObject({
          value: Label,
          label: Label.optional(),
          description: z.string().trim().max(500).optional(),
        }),
      ]),
    )
    .min(1)
    .max(MAX_CHOICES)
    .optional(),
  isSeveral: z.boolean().default(false),
  allowsText: z.boolean().default(false),
  /** A flat JSON Schema of strings, numbers, integers, booleans and enums, as in MCP's elicitation. */
  form: Form.optional(),
  defaultAnswer: Answer.optional(),
  urgency: Urgency.default("normal"),
  /** Absent: as long as a request for permission. */
  timeoutSeconds: z
    .int()
    .min(1)
    .max(30 * DAY_SECONDS)
    .optional(),
  onTimeout: OnTimeout.default("unanswered"),
});
export type Wanted = z.output<typeof Wanted>;

/** How a question stands, as whoever asked it is told. */
export const AskedQuestion = Question.pick({
  id: true,
  status: true,
  answer: true,
  reason: true,
  expiresAt: true,
}).extend({
  /** The answer as one text; null where there is none. */
  words: z.string().nullable(),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

export const questions = defineArea({
  name: "questions",
  nouns: { Question, AskedQuestion, Answer, FormField },
  endpoints: {
    ask: {
      method: "POST",
      path: "/questions",
      summary:
        "Asks a person in words. Asked again with the same key it is the same question, also after a restart.",
      scope: "ask",
      input: Wanted.extend({
        door: AskDoor.exclude(["run"]).default("api"),
        /** Absolute path of the folder it is about. */
        folder: z.string().min(1).max(4096).optional(),
        /** What the agent calls itself, if its key does not name it. */
        agent: z.string().trim().max(200).default(""),
        sessionId: SessionId.optional(),
        /** The agent's own name for it. */
        callId: z.string().max(200).optional(),
        /** The question is withdrawn when nobody has asked for the answer for so long. */
        patienceSeconds: z.int().min(5).max(DAY_SECONDS).default(30),
        /** Names the question for its asker, who may ask it again without asking twice. */
        key: z.string().min(1).max(200).optional(),
      }),
      output: AskedQuestion,
    },
    waitForAnswer: {
      method: "GET",
      path: "/questions/:id/answer",
      summary:
        "The answer, waited for if there is none yet. Asking for it keeps the question alive; it can be fetched again at any time.",
      scope: "ask",
      input: z.object({
        id: QuestionId,
        waitMs: z.coerce.number().int().min(0).max(MAX_WAIT_MS).default(0),
      }),
      output: AskedQuestion,
    },
    cancel: {
      method: "DELETE",
      path: "/questions/:id",
      summary: "Takes one's own question back. An answer that was given already stands.",
      scope: "ask",
      input: z.object({ id: QuestionId }),
      output: AskedQuestion,
    },
    listPending: {
      method: "GET",
      path: "/questions",
      summary: "Questions that wait for an answer, oldest first.",
      pages: ["window", "popup"],
      scope: "follow",
      input: z.object({}),
      output: z.object({ questions: z.array(Question) }),
    },
    getQuestion: {
      method: "GET",
      path: "/questions/:id",
      summary: "One question, with its answer if it has one.",
      pages: ["window", "popup"],
      scope: "follow",
      input: z.object({ id: QuestionId }),
      output: Question,
    },
    answer: {
      method: "POST",
      path: "/questions/:id/answer",
      summary: "Answers a question. Exactly one answer wins; a late one is told the outcome.",
      pages: ["window", "popup"],
      scope: "answer",
      input: z.strictObject({ id: QuestionId, answer: Answer }),
      output: Question,
    },
    decline: {
      method: "POST",
      path: "/questions/:id/decline",
      summary: "Says that there will be no answer, and why if one likes.",
      pages: ["window", "popup"],
      scope: "answer",
      input: z.strictObject({ id: QuestionId, reason: z.string().max(10_000).optional() }),
      output: Question,
    },
  },
  events: { asked: Question, settled: Question },
  errors: {
    not_found: 404,
    already_settled: 409,
    key_taken: 409,
    bad_question: 422,
    bad_answer: 422,
    folder_not_absolute: 422,
    too_large: 413,
    too_many: 429,
  },
});
