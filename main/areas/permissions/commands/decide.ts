import { permissions, type PermissionRequest, type PermissionSummary, type Scope } from "../contract.ts";
import type { PermissionId } from "../../../contract/ids.ts";
import type { DaemonClient } from "../../../command/client.ts";
import { DaemonRefusal } from "../../../command/send.ts";
import { defineCommand, type Invocation, type Terminal } from "../../../command/command.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { findById } from "../../../command/short-ids.ts";
import { askUntil } from "../../../command/terminal/ask-until.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { requestText } from "./request-text.ts";
import { outcomeWords } from "./request-words.ts";

/** Scopes as a person types them. */
const scopeNames: Readonly<Record<string, Scope>> = {
  once: "once",
  session: "session",
  session_target: "session_target",
  "15m": "minutes_15",
  "30m": "minutes_30",
  "60m": "minutes_60",
  forever: "forever",
};

export const approve = defineCommand({
  name: "approve",
  usage: `ID [--scope ${Object.keys(scopeNames).join("|")}]`,
  summary: "Allows a request: once, or for as long and as widely as the scope says.",
  options: { scope: { type: "string" } },
  run: (invocation) => decide(invocation, "allow"),
});

export const deny = defineCommand({
  name: "deny",
  usage: "ID [--reason TEXT]",
  summary: "Denies a request. The reason reaches the agent.",
  options: { reason: { type: "string" } },
  run: (invocation) => decide(invocation, "deny"),
});

async function decide(
  { client, words, options, terminal }: Invocation<{ scope: { type: "string" }; reason: { type: "string" } }>,
  decision: "allow" | "deny",
): Promise<ExitCode> {
  const { stdout } = terminal;
  const [given, ...more] = words;
  if (given === undefined || more.length > 0)
    throw new CliError("Give the id of one request.", exitCodes.usage);
  const scope = scopeOf(options.scope);
  const request = await findRequest(client(), given);
  const choice = request.choices.find((each) => each.scope === scope);
  if (decision === "allow" && choice === undefined) throw impossibleScope(request);
  if (decision === "allow" && !(await isMeant(request, terminal))) {
    throw new CliError("Nothing was allowed; it goes on waiting.", exitCodes.failed);
  }

  const settled = await answer(client(), request, {
    decision,
    ...(decision === "allow" && { scope }),
    ...(options.reason !== undefined && { reason: options.reason }),
  });
  if (options.json) stdout.write(`${visibleJson(settled)}\n`);
  else if (decision === "deny") stdout.write(`Denied: ${visibleLine(request.act)}\n`);
  else stdout.write(`Allowed: ${visibleLine(request.act)}${remembered(choice?.sentence, scope)}\n`);
  return exitCodes.ok;
}

/** What is of high risk is shown and asked back, where somebody can be asked. */
async function isMeant(request: PermissionRequest, terminal: Terminal): Promise<boolean> {
  if (request.riskLevel !== "high" || !terminal.canAsk) return true;
  terminal.stderr.write(requestText(request.presentation, terminal.paintErr));
  const given = new AbortController();
  const asked = {
    offer: "This is of high risk. Type yes to allow it, or end the input (Ctrl-D) to leave it waiting.\n",
    again: () => "Type yes, or end the input (Ctrl-D).\n",
    read: (line: string) => (line.trim() === "yes" ? true : null),
  };
  const leave = () => given.abort(new CliError("Nothing was allowed; it goes on waiting.", exitCodes.failed));
  return (await askUntil(asked, terminal, given.signal, leave)) === true;
}

const remembered = (sentence: string | undefined, scope: Scope) =>
  scope === "once" || sentence === undefined ? "" : `\nRemembered: ${visibleLine(sentence)}`;

function scopeOf(given: string | undefined): Scope {
  const scope = scopeNames[given ?? "once"];
  if (scope !== undefined) return scope;
  throw new CliError(`--scope takes one of ${Object.keys(scopeNames).join(", ")}.`, exitCodes.usage);
}

function impossibleScope(request: PermissionRequest): CliError {
  const possible = Object.entries(scopeNames).filter(([, scope]) =>
    request.choices.some((each) => each.scope === scope),
  );
  return new CliError(
    `This request can't be remembered that way. Possible: ${possible.map(([name]) => name).join(", ")}.`,
    exitCodes.failed,
  );
}

/** Answers what was looked at, and nothing that has changed since. */
export async function answer(
  client: DaemonClient,
  request: PermissionRequest,
  decision: { decision: "allow" | "deny"; scope?: Scope; reason?: string },
): Promise<PermissionSummary> {
  try {
    return await client(permissions).decide({ id: request.id, digest: request.digest, ...decision });
  } catch (error) {
    if (!(error instanceof DaemonRefusal) || error.code !== "permissions.already_settled") throw error;
    throw new CliError(`Too late: ${outcomeWords(error.data as PermissionSummary)}.`, exitCodes.gone, {
      cause: error,
    });
  }
}

async function findRequest(client: DaemonClient, given: string): Promise<PermissionRequest> {
  const { permissions: waiting } = await client(permissions).listPending();
  const found = findById(waiting, given);
  if (found !== null) return client(permissions).getPermission({ id: found.id });
  const settled = await findSettled(client, given);
  if (settled === null) throw new CliError(`No request "${given}" waits for an answer.`, exitCodes.gone);
  throw new CliError(`Too late: ${outcomeWords(settled)}.`, exitCodes.gone);
}

/** Looked for among the newest decisions, to say what became of it. */
async function findSettled(client: DaemonClient, given: string): Promise<PermissionSummary | null> {
  const { decisions } = await client(permissions).listDecided({ limit: 100 });
  const asked = decisions.flatMap(({ permissionId }) =>
    permissionId === null ? [] : [{ id: permissionId }],
  );
  const found: { id: PermissionId } | null = findById(asked, given);
  return found === null ? null : client(permissions).getPermission(found);
}
