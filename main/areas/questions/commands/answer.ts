import type { DaemonClient } from "../../../command/client.ts";
import { defineCommand } from "../../../command/command.ts";
import { CliError, exitCodes } from "../../../command/exit-codes.ts";
import { DaemonRefusal } from "../../../command/send.ts";
import { findById } from "../../../command/short-ids.ts";
import { visible, visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { deciderWords } from "../../permissions/commands/request-words.ts";
import { permissions } from "../../permissions/contract.ts";
import { questions, type Answer, type Question } from "../contract.ts";
import type { QuestionId } from "../../../contract/ids.ts";
import { answerOf } from "./answer-of.ts";
import { questionText } from "./question-text.ts";

export const answer = defineCommand({
  name: "answer",
  usage: "ID WORDS… | ID --decline [REASON…]",
  summary: "Answers a question: in words, with choices by number or name, or name=value for each field.",
  options: { decline: { type: "boolean" } },
  async run({ client, words, options, terminal: { stdout, paintErr } }) {
    const [given, ...said] = words;
    if (given === undefined || (said.length === 0 && !options.decline)) {
      throw new CliError("Give the id of one question, and the answer.", exitCodes.usage);
    }
    const question = await findQuestion(client(), given);
    const settled = options.decline
      ? await settle(() => client()(questions).decline({ id: question.id, ...reasonOf(said) }))
      : await settle(() => client()(questions).answer({ id: question.id, answer: read(said) }));
    if (options.json) stdout.write(`${visibleJson(settled)}\n`);
    else stdout.write(`${options.decline ? "Declined" : "Answered"}: ${visibleLine(settled.text)}\n`);
    return exitCodes.ok;

    function read(typed: readonly string[]): Answer {
      const found = answerOf(question, typed);
      if ("answer" in found) return found.answer;
      throw new CliError(`${found.wrong}\n${questionText(question, paintErr).trimEnd()}`, exitCodes.usage);
    }
  },
});

const reasonOf = (said: readonly string[]) => (said.length === 0 ? {} : { reason: said.join(" ") });

/** Exactly one answer counts: whoever is late hears which one. */
export async function settle(give: () => Promise<Question>): Promise<Question> {
  try {
    return await give();
  } catch (error) {
    if (!(error instanceof DaemonRefusal) || error.code !== "questions.already_settled") throw error;
    throw new CliError(`Too late: ${questionOutcome(error.data as Question)}.`, exitCodes.gone, {
      cause: error,
    });
  }
}

/** "answered in the popup: main", "withdrawn: the run was canceled". */
export function questionOutcome({ status, decidedBy, answer: given, reason }: Question): string {
  const where = decidedBy === null || status === "withdrawn" ? "" : ` ${deciderWords(decidedBy)}`;
  const words = given === null ? (reason ?? "") : answerText(given);
  return `${status}${where}${words === "" ? "" : `: ${visible(words)}`}`;
}

function answerText(given: Answer): string {
  switch (given.kind) {
    case "text":
      return given.text;
    case "choices":
      return given.values.join(", ");
    case "form":
      return JSON.stringify(given.fields);
  }
}

async function findQuestion(client: DaemonClient, given: string): Promise<Question> {
  const { questions: waiting } = await client(questions).listPending();
  const found = findById(waiting, given);
  if (found !== null) return found;
  const settled = await findSettled(client, given);
  if (settled === null) throw new CliError(`No question "${given}" waits for an answer.`, exitCodes.gone);
  throw new CliError(`Too late: ${questionOutcome(settled)}.`, exitCodes.gone);
}

/** Looked for among the newest decisions, to say what became of it. */
async function findSettled(client: DaemonClient, given: string): Promise<Question | null> {
  const { decisions } = await client(permissions).listDecided({ limit: 100 });
  const asked = decisions.flatMap(({ questionId }) => (questionId === null ? [] : [{ id: questionId }]));
  const found: { id: QuestionId } | null = findById(asked, given);
  return found === null ? null : client(questions).getQuestion(found);
}
