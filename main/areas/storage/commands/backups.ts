import { CliError, exitCodes } from "../../../command/exit-codes.ts";
import { defineCommand } from "../../../command/command.ts";
import { formatTable, type Column } from "../../../command/terminal/table.ts";
import { visibleJson } from "../../../command/terminal/visible.ts";
import { span } from "../../../command/terminal/words.ts";
import { storage } from "../contract.ts";

const USAGE = "[list | make]";

const COLUMNS: readonly Column[] = [{ title: "NAME" }, { title: "MADE" }, { title: "MB" }];

export const backups = defineCommand({
  name: "backups",
  usage: USAGE,
  summary: "The copies of the database to go back to: gatehouse restore NAME.",
  options: {},
  async run({ client, options, words, terminal: { stdout } }) {
    const [act = "list", ...more] = words;
    if (more.length > 0 || !["list", "make"].includes(act)) {
      throw new CliError(`Usage: gatehouse backups ${USAGE}`, exitCodes.usage);
    }
    const calls = client()(storage);
    if (act === "make") {
      const made = await calls.makeBackup();
      stdout.write(options.json ? `${visibleJson(made)}\n` : `Made and checked: ${made.name}\n`);
      return exitCodes.ok;
    }
    const status = await calls.getStorage();
    if (options.json) {
      stdout.write(`${visibleJson(status)}\n`);
      return exitCodes.ok;
    }
    if (status.backups.length === 0) {
      stdout.write("There are no backups yet. To make one: gatehouse backups make\n");
      return exitCodes.ok;
    }
    const now = Date.now();
    const rows = status.backups.map(({ name, at, bytes }) => [
      name,
      `${span(Math.max(0, now - at))} ago`,
      (bytes / 1024 / 1024).toFixed(1),
    ]);
    stdout.write(await formatTable(COLUMNS, rows));
    return exitCodes.ok;
  },
});
