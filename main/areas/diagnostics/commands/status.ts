import { diagnostics } from "../contract.ts";
import { defineCommand } from "../../../command/command.ts";
import { exitCodes } from "../../../command/exit-codes.ts";
import { formatFacts } from "../../../command/terminal/table.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { plural } from "../../../command/terminal/words.ts";

export const status = defineCommand({
  name: "status",
  usage: "",
  summary: "Whether Gatehouse is there, and what it is doing.",
  options: {},
  async run({ client, address, options, terminal: { stdout } }) {
    const calls = client()(diagnostics);
    const [counts, { runtime }] = await Promise.all([calls.getStatus(), calls.getDiagnostics()]);
    const { provider, model, workspace, pid, home } = runtime;
    if (options.json) {
      const facts = { ...counts, baseUrl: address().baseUrl, pid, home, provider, model, workspace };
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
        ["Tools", String(counts.toolCount)],
        ["Provider", visibleLine(model === "" ? provider : `${provider}, ${model}`)],
        ["Workspace", visibleLine(workspace)],
      ]),
    );
    return exitCodes.ok;
  },
});
