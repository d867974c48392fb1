import { permissions, type Grant } from "../contract.ts";
import { GrantId } from "../../../contract/ids.ts";
import type { DaemonClient } from "../../../command/client.ts";
import { defineCommand, type Invocation } from "../../../command/command.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { findById, shortId } from "../../../command/short-ids.ts";
import { formatTable, type Column } from "../../../command/terminal/table.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { span } from "../../../command/terminal/words.ts";

export const grants = defineCommand({
  name: "grants",
  usage: "[revoke ID | restore ID]",
  summary: "What is remembered; forgets one, or takes that back within a minute.",
  options: {},
  async run(invocation) {
    const [act, given, ...more] = invocation.words;
    if (act === undefined) return list(invocation);
    if ((act !== "revoke" && act !== "restore") || given === undefined || more.length > 0) {
      throw new CliError("Usage: gatehouse grants [revoke ID | restore ID]", exitCodes.usage);
    }
    return act === "revoke" ? revoke(invocation, given) : restore(invocation, given);
  },
});

const COLUMNS: readonly Column[] = [
  { title: "ID" },
  { title: "USED", align: "right" },
  { title: "LAST" },
  { title: "ENDS IN" },
  { title: "WHAT IS REMEMBERED" },
];

async function list({ client, options, terminal: { stdout } }: Invocation): Promise<ExitCode> {
  const answer = await client()(permissions).listGrants();
  if (options.json) {
    stdout.write(`${visibleJson(answer)}\n`);
    return exitCodes.ok;
  }
  if (answer.grants.length === 0) {
    stdout.write("Nothing is remembered; every request is asked.\n");
    return exitCodes.ok;
  }
  const ids = answer.grants.map(({ id }) => id);
  const now = Date.now();
  const rows = answer.grants.map((grant) => [
    shortId(grant.id, ids),
    `${grant.useCount}×`,
    grant.lastUsedAt === null ? "never" : `${span(now - grant.lastUsedAt)} ago`,
    grant.expiresAt === null ? "–" : span(grant.expiresAt - now),
    visibleLine(grant.sentence),
  ]);
  stdout.write(await formatTable(COLUMNS, rows));
  return exitCodes.ok;
}

async function revoke(
  { client, options, terminal: { stdout } }: Invocation,
  given: string,
): Promise<ExitCode> {
  const grant = await findGrant(client(), given);
  const revoked = await client()(permissions).revokeGrant({ id: grant.id });
  if (options.json) stdout.write(`${visibleJson(revoked)}\n`);
  else {
    stdout.write(`Forgotten: ${visibleLine(revoked.sentence)}\n`);
    stdout.write(`To take it back within a minute: gatehouse grants restore ${revoked.id}\n`);
  }
  return exitCodes.ok;
}

async function restore(
  { client, options, terminal: { stdout } }: Invocation,
  given: string,
): Promise<ExitCode> {
  const id = GrantId.safeParse(given);
  if (!id.success) throw new CliError("restore takes the whole id, as revoke has shown it.", exitCodes.usage);
  const grant = await client()(permissions).restoreGrant({ id: id.data });
  stdout.write(
    options.json ? `${visibleJson(grant)}\n` : `Remembered again: ${visibleLine(grant.sentence)}\n`,
  );
  return exitCodes.ok;
}

async function findGrant(client: DaemonClient, given: string): Promise<Grant> {
  const found = findById((await client(permissions).listGrants()).grants, given);
  if (found === null) throw new CliError(`Nothing is remembered under "${given}".`, exitCodes.gone);
  return found;
}
