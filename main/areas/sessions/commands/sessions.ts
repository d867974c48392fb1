import type { SessionId } from "../../../contract/ids.ts";
import { defineCommand, type Invocation } from "../../../command/command.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { formatTable, type Column } from "../../../command/terminal/table.ts";
import { visible, visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { plural, span } from "../../../command/terminal/words.ts";
import { sessions, DeletionId, type Refusal, type Session, type StoredMessage } from "../contract.ts";
import { exportTo } from "./export-session.ts";
import { importFrom } from "./import-session.ts";

const USAGE =
  "[list | show ID | rename ID TITLE | tag ID [TAG…] | archive ID… | unarchive ID… | fork ID | delete ID… | undo DELETION… | export ID | import FILE] [--archived] [--tag TAG] [--search WORDS] [--at INDEX] [--format json|markdown] [--out FILE] [--dry-run]";

const sessionOptions = {
  archived: { type: "boolean" },
  tag: { type: "string" },
  search: { type: "string" },
  at: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

export type SessionInvocation = Invocation<typeof sessionOptions>;

type Act = (invocation: SessionInvocation, words: readonly string[]) => Promise<ExitCode>;

const usage = () => new CliError(`Usage: gatehouse sessions ${USAGE}`, exitCodes.usage);

const only = (words: readonly string[]): string => {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw usage();
  return word;
};
const some = (words: readonly string[]): string[] => {
  if (words.length === 0) throw usage();
  return [...words];
};

const acts: Readonly<Record<string, Act>> = {
  list,
  show,
  async rename(invocation, [id, ...title]) {
    if (id === undefined || title.length === 0) throw usage();
    return told(invocation, await edit(invocation, id, { title: title.join(" ") }));
  },
  async tag(invocation, [id, ...tags]) {
    if (id === undefined) throw usage();
    return told(invocation, await edit(invocation, id, { tags }));
  },
  archive: (invocation, words) => archive(invocation, some(words), true),
  unarchive: (invocation, words) => archive(invocation, some(words), false),
  async fork(invocation, words) {
    const { at } = invocation.options;
    const id = only(words) as SessionId;
    const index = at === undefined ? undefined : Number(at);
    return told(
      invocation,
      await callsOf(invocation).forkSession({ id, ...(index !== undefined && { index }) }),
    );
  },
  delete: remove,
  undo,
  export: (invocation, words) => exportTo(invocation, only(words) as SessionId),
  import: (invocation, words) => importFrom(invocation, only(words)),
};

export const sessionsCommand = defineCommand({
  name: "sessions",
  usage: USAGE,
  summary:
    "Sessions: lists, names, archives, forks, deletes (which can be taken back for a while), saves and reads them.",
  options: sessionOptions,
  async run(invocation) {
    const [name = "list", ...words] = invocation.words;
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act === undefined) throw usage();
    return act(invocation, words);
  },
});

const callsOf = ({ client }: SessionInvocation) => client()(sessions);

const edit = (invocation: SessionInvocation, id: string, changes: { title?: string; tags?: string[] }) =>
  callsOf(invocation).editSession({ id: id as SessionId, ...changes });

function told({ options, terminal: { stdout } }: SessionInvocation, session: Session): ExitCode {
  const line = [session.id, session.title, ...session.tags.map((tag) => `#${tag}`)]
    .map(visibleLine)
    .join("  ");
  stdout.write(options.json ? `${visibleJson(session)}\n` : `${line}\n`);
  return exitCodes.ok;
}

const COLUMNS: readonly Column[] = [
  { title: "ID" },
  { title: "USED" },
  { title: "MESSAGES" },
  { title: "TAGS" },
  { title: "TITLE" },
];
const SHOWN = 100;

async function list(invocation: SessionInvocation, words: readonly string[]): Promise<ExitCode> {
  if (words.length > 0) throw usage();
  const { options, terminal } = invocation;
  const { stdout } = terminal;
  const answer = await callsOf(invocation).listSessions({
    limit: SHOWN,
    ...(options.archived && { state: "archived" as const }),
    ...(options.tag !== undefined && { tag: options.tag }),
    ...(options.search !== undefined && { search: options.search }),
  });
  if (options.json) {
    stdout.write(`${visibleJson(answer)}\n`);
    return exitCodes.ok;
  }
  const now = Date.now();
  const rows = answer.sessions.map((session) => [
    visibleLine(session.id),
    `${span(now - session.updatedAt)} ago`,
    String(session.messageCount),
    visibleLine(session.tags.join(", ")),
    visibleLine(session.title),
  ]);
  stdout.write(rows.length === 0 ? "There are no such sessions.\n" : await formatTable(COLUMNS, rows));
  if (answer.next !== null) terminal.stderr.write(`These are the newest ${SHOWN}; --search finds others.\n`);
  return exitCodes.ok;
}

async function show(invocation: SessionInvocation, words: readonly string[]): Promise<ExitCode> {
  const { options, terminal } = invocation;
  const { stdout } = terminal;
  const id = only(words) as SessionId;
  const session = await callsOf(invocation).getSession({ id });
  if (options.json) {
    stdout.write(`${visibleJson(session)}\n`);
    return exitCodes.ok;
  }
  const { title, tags, messageCount, runCount, workspace, parent } = session;
  const facts = [
    visibleLine(title === "" ? id : title),
    `${plural(messageCount, "message")}, ${plural(runCount, "run")}`,
    ...(tags.length > 0 ? [`tagged ${visibleLine(tags.join(", "))}`] : []),
    ...(workspace === null ? [] : [`works in ${visibleLine(workspace)}`]),
    ...(parent === null ? [] : [`forked from ${visibleLine(parent.id)} at ${parent.index}`]),
  ];
  stdout.write(`${facts.join("\n")}\n\n`);
  const from = Math.max(0, messageCount - 20);
  const { messages } = await callsOf(invocation).listMessages({ id, from, limit: 20 });
  for (const message of messages) stdout.write(`${inWords(message)}\n`);
  return exitCodes.ok;
}

function inWords({ index, role, content }: StoredMessage): string {
  const text = content.map((part) => {
    if (part.type === "text") return part.text;
    return part.type === "thinking" ? "(thinks)" : `(calls ${part.toolCall.name})`;
  });
  return visible(`${index} ${role}: ${text.join("\n")}`);
}

function tellRefused({ terminal: { stderr } }: SessionInvocation, refused: readonly Refusal[]): ExitCode {
  for (const { id, message } of refused) stderr.write(`${visibleLine(id)}: ${visibleLine(message)}\n`);
  return refused.length === 0 ? exitCodes.ok : exitCodes.gone;
}

async function archive(invocation: SessionInvocation, ids: string[], archived: boolean): Promise<ExitCode> {
  const answer = await callsOf(invocation).archiveSessions({ ids: ids as SessionId[], archived });
  const { stdout } = invocation.terminal;
  if (invocation.options.json) stdout.write(`${visibleJson(answer)}\n`);
  else
    for (const { id } of answer.sessions)
      stdout.write(`${archived ? "Archived" : "In the list again"}: ${visibleLine(id)}\n`);
  return tellRefused(invocation, answer.refused);
}

async function remove(invocation: SessionInvocation, words: readonly string[]): Promise<ExitCode> {
  const answer = await callsOf(invocation).deleteSessions({ ids: some(words) as SessionId[] });
  const { stdout } = invocation.terminal;
  if (invocation.options.json) stdout.write(`${visibleJson(answer)}\n`);
  else {
    for (const { id, sessionId, undoUntil } of answer.deleted) {
      const left = span(undoUntil - Date.now());
      stdout.write(`Deleted: ${visibleLine(sessionId)}. For ${left}: gatehouse sessions undo ${id}\n`);
    }
  }
  return tellRefused(invocation, answer.refused);
}

async function undo(invocation: SessionInvocation, words: readonly string[]): Promise<ExitCode> {
  const parsed = some(words).map((word) => DeletionId.safeParse(word));
  const deletions = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (deletions.length < parsed.length)
    throw new CliError("A deletion is named del_ and 32 digits.", exitCodes.usage);
  const answer = await callsOf(invocation).restoreSessions({ deletions });
  const { stdout } = invocation.terminal;
  if (invocation.options.json) stdout.write(`${visibleJson(answer)}\n`);
  else for (const { id } of answer.sessions) stdout.write(`Back: ${visibleLine(id)}\n`);
  return tellRefused(invocation, answer.refused);
}
