import type { Command } from "../command/command.ts";

const EXIT_CODES = `Exit codes: 0 done · 1 failed · 2 wrong usage · 3 Gatehouse not reachable · 4 no such thing, or decided already
            5 the run failed · 6 the run ended, but something was not allowed · 130 interrupted`;

/** The one-page help. */
export function usageText(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `gatehouse: the permission gate for all agents on this machine

${lines.join("\n")}
  ${"serve".padEnd(width)}  Runs Gatehouse without a desktop; see gatehouse serve --help.

With every command:
  --json            the answer as JSON
  --home DIR        Gatehouse's folder, else GATEHOUSE_HOME, else the platform's
  --url, --token    another address and a key for it, else GATEHOUSE_URL and GATEHOUSE_TOKEN
  --help            gatehouse COMMAND --help says more

Ids may be shortened to their beginning.
${EXIT_CODES}
`;
}

export function commandUsage({ name, usage, summary }: Command): string {
  return `Usage: gatehouse ${name} ${usage}`.trimEnd() + `\n\n${summary}\n`;
}
