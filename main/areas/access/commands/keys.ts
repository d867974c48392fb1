import { AccessScope } from "../../../contract/principal.ts";
import { access, type AccessKey } from "../contract.ts";
import type { DaemonClient } from "../../../command/client.ts";
import { defineCommand, type Invocation } from "../../../command/command.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { findById, shortId } from "../../../command/short-ids.ts";
import { formatTable, type Column } from "../../../command/terminal/table.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { span } from "../../../command/terminal/words.ts";

const USAGE = "[list | create NAME --scopes ask,follow [--expires 30d] | revoke ID]";

const keyOptions = { scopes: { type: "string" }, expires: { type: "string" } } as const;

export const keys = defineCommand({
  name: "keys",
  usage: USAGE,
  summary: `Keys for tools and agents: who may do what. Scopes: ${AccessScope.options.join(", ")}.`,
  options: keyOptions,
  async run(invocation) {
    const [act = "list", given, ...more] = invocation.words;
    if (more.length > 0 || (act === "list" && given !== undefined)) throw usage();
    if (act === "list") return list(invocation);
    if (given === undefined) throw usage();
    if (act === "create") return create(invocation, given);
    if (act === "revoke") return revoke(invocation, given);
    throw usage();
  },
});

/** Whoever is not the person waits for the person, which nothing in this terminal would show. */
const WAITS_MS = 1_000;

const usage = () => new CliError(`Usage: gatehouse keys ${USAGE}`, exitCodes.usage);

const COLUMNS: readonly Column[] = [
  { title: "ID" },
  { title: "NAME" },
  { title: "USED" },
  { title: "ENDS IN" },
  { title: "MAY" },
];

async function list({ client, options, terminal: { stdout } }: Invocation): Promise<ExitCode> {
  const answer = await client()(access).listKeys();
  if (options.json) {
    stdout.write(`${visibleJson(answer)}\n`);
    return exitCodes.ok;
  }
  if (answer.keys.length === 0) {
    stdout.write("There are no keys. To make one: gatehouse keys create NAME --scopes ask\n");
    return exitCodes.ok;
  }
  const ids = answer.keys.map(({ id }) => id);
  const now = Date.now();
  const rows = answer.keys.map((key) => [
    shortId(key.id, ids),
    visibleLine(key.name),
    key.lastUsedAt === null ? "never" : `${span(now - key.lastUsedAt)} ago`,
    endWords(key, now),
    key.scopes.join(", "),
  ]);
  stdout.write(await formatTable(COLUMNS, rows));
  return exitCodes.ok;
}

function endWords({ expiresAt }: AccessKey, now: number): string {
  if (expiresAt === null) return "–";
  // A key of 90 days has not 89 left right after it was made.
  return expiresAt <= now ? "expired" : span(expiresAt - now + 60_000);
}

async function create(
  { client, options, terminal: { stdout, stderr } }: Invocation<typeof keyOptions>,
  name: string,
): Promise<ExitCode> {
  const expiresInMs = options.expires === undefined ? undefined : durationOf(options.expires);
  const scopes = scopesOf(options.scopes);
  const waiting = setTimeout(
    () => stderr.write("Gatehouse waits for your yes: answer in its popup or window.\n"),
    WAITS_MS,
  );
  const made = await client()(access)
    .createKey({ name, scopes, ...(expiresInMs !== undefined && { expiresInMs }) })
    .finally(() => clearTimeout(waiting));
  if (options.json) {
    stdout.write(`${visibleJson(made)}\n`);
    return exitCodes.ok;
  }
  stderr.write(`This is the only time the key of "${visibleLine(made.key.name)}" is shown:\n`);
  stdout.write(`${made.token}\n`);
  return exitCodes.ok;
}

function scopesOf(given: string | undefined): AccessScope[] {
  if (given === undefined)
    throw new CliError(
      `Say what the key may do: --scopes with some of ${AccessScope.options.join(",")}.`,
      exitCodes.usage,
    );
  const words = given.split(",").map((word) => word.trim());
  const scopes = words.map((word) => AccessScope.safeParse(word));
  if (scopes.every(({ success }) => success)) return scopes.flatMap(({ data }) => (data ? [data] : []));
  throw new CliError(`--scopes takes some of ${AccessScope.options.join(",")}.`, exitCodes.usage);
}

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationOf(given: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(given) ?? [];
  const ms = Number(count) * (UNITS_MS[unit ?? ""] ?? 0);
  if (ms > 0) return ms;
  throw new CliError("--expires takes a time such as 30d, 12h or 90m.", exitCodes.usage);
}

async function revoke(
  { client, options, terminal: { stdout } }: Invocation,
  given: string,
): Promise<ExitCode> {
  const key = await findKey(client(), given);
  const revoked = await client()(access).revokeKey({ id: key.id });
  stdout.write(
    options.json
      ? `${visibleJson(revoked)}\n`
      : `Revoked: "${visibleLine(revoked.name)}". What it had open has ended, what it asked for is withdrawn, what was remembered for it is forgotten.\n`,
  );
  return exitCodes.ok;
}

async function findKey(client: DaemonClient, given: string): Promise<AccessKey> {
  const { keys: all } = await client(access).listKeys();
  const found = all.find(({ name }) => name === given) ?? findById(all, given);
  if (found === null) throw new CliError(`There is no key "${given}".`, exitCodes.gone);
  return found;
}
