import type { Connection } from "../../../main/areas/diagnostics/contract.ts";

export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const posix = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
const powershell = (word: string) => `'${word.replaceAll("'", "''")}'`;

/** The file in which these clients look; `null` means Gatehouse's own tools. */
export function pathFor({ files }: Connection, clients: string | null): string | null {
  return files.find((file) => file.clients === clients)?.path ?? null;
}

/** Lines that reach this daemon as they are. The token is read from its file when they run, and never part of them. */
export function snippets(connection: Connection, platform: string): readonly Snippet[] {
  const base = `${connection.baseUrl.replace(/\/+$/, "")}/gatehouse/v1`;
  const isWindows = platform.startsWith("win");
  const path = pathFor(connection, null) ?? connection.files.find((file) => file.path !== null)?.path ?? null;
  return [
    {
      id: "status",
      title: "See that it answers",
      text: isWindows ? windowsStatus(base, path) : status(base, path),
    },
    { id: "run", title: "Start a run", text: isWindows ? windowsRun(base, path) : run(base, path) },
  ];
}

const token = (path: string | null) =>
  path === null
    ? "TOKEN=… # the one Gatehouse was started with"
    : `TOKEN=$(sed -n 's/.*"token": *"\\([^"]*\\)".*/\\1/p' ${posix(path)})`;

const status = (base: string, path: string | null) =>
  [token(path), `curl -H "Authorization: Bearer $TOKEN" ${base}/status`].join("\n");

const body = `{"sessionId": "demo", "clientId": "my-agent", "text": "/shell_exec git --version"}`;

const run = (base: string, path: string | null) =>
  [
    token(path),
    `curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\`,
    `  -d '${body}' ${base}/runs`,
  ].join("\n");

const windowsToken = (path: string | null) =>
  path === null
    ? "$token = '…' # the one Gatehouse was started with"
    : `$token = (Get-Content -Raw ${powershell(path)} | ConvertFrom-Json).token`;

const windowsStatus = (base: string, path: string | null) =>
  [windowsToken(path), `Invoke-RestMethod -Headers @{ Authorization = "Bearer $token" } ${base}/status`].join(
    "\n",
  );

const windowsRun = (base: string, path: string | null) =>
  [
    windowsToken(path),
    `Invoke-RestMethod -Method Post -Headers @{ Authorization = "Bearer $token" } -ContentType application/json \``,
    `  -Body '${body}' ${base}/runs`,
  ].join("\n");

/** Glue finds the daemon at its own default path, or is told another. A fixed client id lets grants apply again. */
export function glueSnippet(connection: Connection, platform: string): string {
  const quote = platform.startsWith("win") ? powershell : posix;
  const own = pathFor(connection, null);
  const place = pathFor(connection, "Glue") !== null || own === null ? "" : ` --metadata ${quote(own)}`;
  return `glue connect${place} --client-id cli:me --id demo --prompt "say hi"`;
}

export const commandLineSnippet = `gatehouse run "/shell_exec git --version"`;
