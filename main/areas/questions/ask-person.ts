import * as z from "zod";
import { AppError } from "../../contract/errors.ts";
import type { Tool, ToolArguments, ToolContext } from "../catalogs/tools/tool.ts";
import type { ToolResult } from "../runs/contract.ts";
import { answerWords } from "./answer-words.ts";
import { type Answer, OnTimeout, Urgency, Wanted, type Question } from "./contract.ts";
import type { QuestionService } from "./service.ts";

/** As a model says it: names of one word each, and a default in the form of the answer itself. */
const Arguments = z.object({
  question: z.string(),
  choices: z.unknown().optional(),
  several: z.boolean().optional(),
  own_words: z.boolean().optional(),
  form: z.unknown().optional(),
  default: z
    .union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())])
    .nullable()
    .optional(),
  urgency: Urgency.optional(),
  timeout_seconds: z.number().optional(),
  without_answer: OnTimeout.optional(),
});

const FormShape = z.looseObject({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()),
});

const parameters = {
  type: "object",
  properties: {
    question: { type: "string", description: "What you want to know, in plain words. Ask one thing." },
    choices: {
      type: "array",
      description: "Answers to choose from, at most 20. Left out, the person answers in words.",
      items: {
        anyOf: [
          { type: "string" },
          {
            type: "object",
            properties: {
              value: { type: "string" },
              label: { type: "string" },
              description: { type: "string" },
            },
            required: ["value"],
          },
        ],
      },
    },
    several: { type: "boolean", description: "More than one of the choices may be chosen." },
    own_words: { type: "boolean", description: "Besides the choices, an answer in words will do." },
    form: {
      type: "object",
      description:
        "Instead of choices, a small form: a flat JSON Schema with properties of type string, number, integer or boolean, and enum for strings. Required fields are shown first, in the order of `required`.",
    },
    default: {
      description: "The answer you would go on with: a text, a choice, several, or the form's values.",
    },
    urgency: { type: "string", enum: Urgency.options },
    timeout_seconds: { type: "integer", description: "How long the person has." },
    without_answer: {
      type: "string",
      enum: OnTimeout.options,
      description:
        "In time: go on with the default, be told that nobody answered, or wait as long as it takes.",
    },
  },
  required: ["question"],
} as const;

/** Asks the person at the desk and waits. The answer, or that there is none, is what the model reads. */
export function createAskPersonTool(service: Pick<QuestionService, "askHere">): Tool {
  return {
    info: {
      name: "ask_person",
      description:
        "Asks the person you work for, and waits for the answer. Use it where you can't go on well without knowing: which of several ways, a name, a missing fact. Never ask for passwords or keys.",
      parameters,
      requiresPermission: false,
      permissionAction: null,
      permissionTargetPreview: null,
    },
    async execute(args, context) {
      const wanted = wantedOf(args);
      if (!wanted.success) return failed(z.prettifyError(wanted.error));
      try {
        return await ask(service, wanted.data, context);
      } catch (error) {
        context.signal.throwIfAborted();
        if (error instanceof AppError) return failed(error.message);
        throw error;
      }
    },
  };
}

async function ask(
  service: Pick<QuestionService, "askHere">,
  wanted: Wanted,
  { runId, sessionId, clientId, callId, workspace, asker, signal, onQuestion }: ToolContext,
): Promise<ToolResult> {
  let answered: (settled: Question) => void = () => {};
  const settled = await service.askHere(
    {
      wanted,
      origin: { door: "run", runId, sessionId, clientId, folder: workspace, callId },
      asker,
      signal,
    },
    (question) => {
      answered = onQuestion(question);
    },
  );
  answered(settled);
  signal.throwIfAborted();
  const { id: questionId, status, answer } = settled;
  return { content: resultWords(settled), isError: false, metadata: { questionId, status, answer } };
}

/** What the model reads. A refusal to answer is no mistake of the model's. */
export function resultWords({ status, answer, reason }: Question): string {
  switch (status) {
    case "answered":
      return answer === null ? "" : answerWords(answer);
    case "declined":
      return reason === null ? "The person declined to answer." : `The person declined to answer: ${reason}`;
    case "expired":
      return answer === null
        ? "Nobody answered in time."
        : `Nobody answered in time, so your default counts: ${answerWords(answer)}`;
    case "withdrawn":
    case "pending":
      return `The question was withdrawn: ${reason ?? "nobody can answer it"}.`;
  }
}

/** The same as an asker over the API would say it. */
function wantedOf(args: ToolArguments) {
  const read = Arguments.safeParse(args);
  if (!read.success) return read;
  const given = read.data;
  const defaultAnswer = defaultOf(given.default ?? null, given);
  return Wanted.safeParse({
    text: given.question,
    ...withPresent({
      choices: given.choices,
      isSeveral: given.several,
      allowsText: given.own_words,
      form: inOrder(given.form),
      urgency: given.urgency,
      timeoutSeconds: given.timeout_seconds,
      onTimeout: given.without_answer,
      defaultAnswer,
    }),
  });
}

/** Arguments come sorted by name. The fields that are required come first, as they are named there. */
function inOrder(form: unknown): unknown {
  const read = FormShape.safeParse(form);
  if (!read.success) return form;
  const { properties, required } = read.data;
  const first = required.flatMap((name) =>
    Object.hasOwn(properties, name) ? [[name, properties[name]] as const] : [],
  );
  return { ...read.data, properties: { ...Object.fromEntries(first), ...properties } };
}

const withPresent = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

function defaultOf(
  given: z.output<typeof Arguments>["default"] | null,
  { choices, form }: Pick<z.output<typeof Arguments>, "choices" | "form">,
): Answer | undefined {
  if (given === null || given === undefined) return undefined;
  if (form !== undefined && form !== null) return { kind: "form", fields: given as never };
  const isOneOfThem =
    Array.isArray(choices) && choices.length > 0 && !(typeof given === "string" && given.trim() === "");
  if (isOneOfThem) return { kind: "choices", values: Array.isArray(given) ? given : [given as never] };
  return { kind: "text", text: given as never };
}

function failed(content: string): ToolResult {
  return { content: `The question could not be asked. ${content}`, isError: true };
}
