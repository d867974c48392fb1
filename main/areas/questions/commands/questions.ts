import { questions as area } from "../contract.ts";
import { defineCommand } from "../../../command/command.ts";
import { exitCodes } from "../../../command/exit-codes.ts";
import { shortId } from "../../../command/short-ids.ts";
import { visibleJson } from "../../../command/terminal/visible.ts";
import { span } from "../../../command/terminal/words.ts";
import { fromWords } from "../../permissions/commands/request-words.ts";
import { questionText } from "./question-text.ts";

export const questions = defineCommand({
  name: "questions",
  usage: "",
  summary: "Questions that agents ask you, oldest first, with their choices.",
  options: {},
  async run({ client, options, terminal: { stdout, paintOut } }) {
    const answer = await client()(area).listPending();
    if (options.json) {
      stdout.write(`${visibleJson(answer)}\n`);
      return exitCodes.ok;
    }
    const { questions: waiting } = answer;
    if (waiting.length === 0) {
      stdout.write("Nobody asks you anything.\n");
      return exitCodes.ok;
    }
    const ids = waiting.map(({ id }) => id);
    const now = Date.now();
    const texts = waiting.map((question) => {
      const { id, askedAt, expiresAt } = question;
      const left = expiresAt === null ? "no limit" : `${span(expiresAt - now)} left`;
      const facts = `${shortId(id, ids)}  ${fromWords(question)}, waits ${span(now - askedAt)}, ${left}`;
      return `${facts} ${questionText(question, paintOut)}`;
    });
    stdout.write(texts.join("\n"));
    return exitCodes.ok;
  },
});
