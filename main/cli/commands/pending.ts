import type { Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { shortId } from "../short-ids.ts";
import { formatTable } from "../terminal/table.ts";
import { visibleJson, visibleLine } from "../terminal/visible.ts";
import { span } from "../terminal/words.ts";

export const pending: Command = {
  name: "pending",
  usage: "",
  summary: "Requests that wait for an answer, oldest first.",
  options: [],
  async run({ client, options, terminal: { stdout } }) {
    const answer = await client().permissions.listPending();
    if (options.json) {
      stdout.write(`${visibleJson(answer)}\n`);
      return exitCodes.ok;
    }
    const { permissions } = answer;
    if (permissions.length === 0) {
      stdout.write("Nothing waits for an answer.\n");
      return exitCodes.ok;
    }
    const ids = permissions.map(({ id }) => id);
    const now = Date.now();
    const rows = permissions.map((request) => [
      shortId(request.id, ids),
      visibleLine(request.clientId) || "–",
      request.riskLevel,
      span(now - request.askedAt),
      request.expiresAt === null ? "no limit" : span(request.expiresAt - now),
      visibleLine(request.act),
    ]);
    const columns = ["ID", "FROM", "RISK", "WAITS", "LEFT", "WANTS TO"].map((title) => ({ title }));
    stdout.write(formatTable(columns, rows));
    return exitCodes.ok;
  },
};
