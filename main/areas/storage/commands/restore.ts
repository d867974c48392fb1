import { CliError, exitCodes } from "../../../command/exit-codes.ts";
import { defineCommand } from "../../../command/command.ts";
import { visibleJson } from "../../../command/terminal/visible.ts";
import { storage } from "../contract.ts";

const USAGE = "NAME | --empty";

export const restore = defineCommand({
  name: "restore",
  usage: USAGE,
  summary: "Goes back to a backup, or to an empty history. What is there now is kept in a file.",
  options: { empty: { type: "boolean" } },
  async run({ client, options, words, terminal: { stdout } }) {
    const [name, ...more] = words;
    if (more.length > 0 || (name === undefined) !== (options.empty === true)) {
      throw new CliError(`Usage: gatehouse restore ${USAGE}`, exitCodes.usage);
    }
    const answer = await client()(storage).restoreBackup({ name: name ?? null });
    if (options.json) stdout.write(`${visibleJson(answer)}\n`);
    else if (answer.restarts) stdout.write("Gatehouse starts anew with it.\n");
    else stdout.write("Prepared. Stop Gatehouse and start it again: that start has it.\n");
    return exitCodes.ok;
  },
});
