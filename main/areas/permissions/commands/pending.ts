import { permissions } from "../contract.ts";
import { defineCommand } from "../../../command/command.ts";
import { exitCodes } from "../../../command/exit-codes.ts";
import { shortId } from "../../../command/short-ids.ts";
import { formatTable } from "../../../command/terminal/table.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { span } from "../../../command/terminal/words.ts";
import { fromWords } from "./request-words.ts";

export const pending = defineCommand({
  name: "pending",
  usage: "",
  summary: "Requests that wait for an answer, oldest first.",
  options: {},
  async run({ client, options, terminal: { stdout } }) {
    const answer = await client()(permissions).listPending();
    if (options.json) {
      stdout.write(`${visibleJson(answer)}\n`);
      return exitCodes.ok;
    }
    const { permissions: waiting } = answer;
    if (waiting.length === 0) {
      stdout.write("Nothing waits for an answer.\n");
      return exitCodes.ok;
    }
    const ids = waiting.map(({ id }) => id);
    const now = Date.now();
    const rows = waiting.map((request) => [
      shortId(request.id, ids),
      fromWords(request),
      request.riskLevel,
      span(now - request.askedAt),
      request.expiresAt === null ? "no limit" : span(request.expiresAt - now),
      visibleLine(request.act),
    ]);
    const columns = ["ID", "FROM", "RISK", "WAITS", "LEFT", "WANTS TO"].map((title) => ({ title }));
    stdout.write(await formatTable(columns, rows));
    return exitCodes.ok;
  },
});
