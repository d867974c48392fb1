import type { Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { formatFacts } from "../terminal/table.ts";
import { visibleJson, visibleLine } from "../terminal/visible.ts";
import { plural } from "../terminal/words.ts";

export const status: Command = {
  name: "status",
  usage: "",
  summary: "Whether Gatehouse is there, and what it is doing.",
  options: [],
  async run({ client, address, options, terminal: { stdout } }) {
    const { diagnostics } = client();
    const [counts, { runtime }] = await Promise.all([diagnostics.getStatus(), diagnostics.getDiagnostics()]);
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
};
