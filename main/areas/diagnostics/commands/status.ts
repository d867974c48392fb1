import { storage, type StorageTrouble } from "../../storage/contract.ts";
import { diagnostics } from "../contract.ts";
import { defineCommand } from "../../../command/command.ts";
import { exitCodes } from "../../../command/exit-codes.ts";
import { formatFacts } from "../../../command/terminal/table.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { plural } from "../../../command/terminal/words.ts";

const TROUBLES: Readonly<Record<StorageTrouble, string>> = {
  full: "the disk is full",
  read_only: "the disk can only be read",
  failing: "the disk refuses to work",
  damaged: "the database is damaged (gatehouse backups)",
  moved: "the database, or its lock, was moved or deleted",
  replaced: "another database takes over when Gatehouse is started anew",
};

export const status = defineCommand({
  name: "status",
  usage: "",
  summary: "Whether Gatehouse is there, and what it is doing.",
  options: {},
  async run({ client, address, options, terminal: { stdout } }) {
    const daemon = client();
    const calls = daemon(diagnostics);
    const [counts, { runtime }, { trouble }] = await Promise.all([
      calls.getStatus(),
      calls.getDiagnostics(),
      daemon(storage).getStorage(),
    ]);
    const { provider, model, workspace, pid, home } = runtime;
    if (options.json) {
      const facts = { ...counts, trouble, baseUrl: address().baseUrl, pid, home, provider, model, workspace };
      stdout.write(`${visibleJson(facts)}\n`);
      return exitCodes.ok;
    }
    const { pendingPermissions: pending } = counts;
    stdout.write(
      formatFacts([
        ["Gatehouse", `${counts.version} at ${address().baseUrl}, process ${pid}`],
        ["Runs", counts.activeRuns === 0 ? "none active" : `${counts.activeRuns} active`],
        [
          "Requests",
          pending === 0 ? "none waits" : `${plural(pending, "waits", "wait")} for you: gatehouse pending`,
        ],
        ["Record", trouble === null ? "written" : `not written, so nothing is allowed: ${TROUBLES[trouble]}`],
        ["Tools", String(counts.toolCount)],
        ["Provider", visibleLine(model === "" ? provider : `${provider}, ${model}`)],
        ["Workspace", visibleLine(workspace)],
      ]),
    );
    return exitCodes.ok;
  },
});
