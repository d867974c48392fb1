import { recall, RecallQuestion, type RecallHit } from "../contract.ts";
import { inWords, issuesInWords } from "../../../contract/issues.ts";
import { defineCommand, type OptionValues } from "../../../command/command.ts";
import { CliError, exitCodes } from "../../../command/exit-codes.ts";
import type { Paint } from "../../../command/terminal/paint.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { span } from "../../../command/terminal/words.ts";

const recallOptions = {
  session: { type: "string" },
  role: { type: "string" },
  client: { type: "string" },
  tag: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  memories: { type: "boolean" },
  limit: { type: "string" },
  after: { type: "string" },
} as const;

export const recallCommand = defineCommand({
  name: "recall",
  usage:
    '"WORDS" [--session ID] [--role user|assistant|tool] [--client ID] [--tag TAG] [--since DAY] [--until DAY] [--memories] [--limit N] [--after NEXT]',
  summary: "Searches everything that was said, the best first.",
  options: recallOptions,
  async run({ client, words, options, terminal: { stdout, stderr, paintOut } }) {
    const question = questionOf(words.join(" "), options);
    const answer = await client()(recall).search(question);
    if (options.json) {
      stdout.write(`${visibleJson(answer)}\n`);
      return exitCodes.ok;
    }
    const { hits, instead, next, missing } = answer;
    if (missing > 0) stderr.write(`About ${missing} messages are not searched yet.\n`);
    if (hits.length === 0) {
      stdout.write("Nothing was found.\n");
      return exitCodes.ok;
    }
    if (instead !== null) stderr.write(`Nothing matches as asked. These match: ${visibleLine(instead)}\n`);
    const now = Date.now();
    for (const hit of hits) stdout.write(`${hitText(hit, now, paintOut)}\n`);
    if (next !== null) stderr.write(`There is more: --after ${next}\n`);
    return exitCodes.ok;
  },
});

function questionOf(query: string, options: OptionValues<typeof recallOptions>) {
  if (query.trim() === "")
    throw new CliError('Say what to look for: gatehouse recall "WORDS"', exitCodes.usage);
  const { session, role, client, tag, since, until, memories, limit, after } = options;
  const list = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: [value] });
  const parsed = RecallQuestion.safeParse(
    {
      query,
      ...list("sessions", session),
      ...list("roles", role),
      ...list("clients", client),
      ...list("tags", tag),
      ...(since !== undefined && { since: dayIn("since", since) }),
      ...(until !== undefined && { until: dayIn("until", until) }),
      ...(memories === true && { memoriesOnly: true }),
      ...(limit !== undefined && { limit: Number(limit) }),
      ...(after !== undefined && { after }),
    },
    { error: inWords },
  );
  if (!parsed.success) throw new CliError(issuesInWords(parsed.error).join("; "), exitCodes.usage);
  return parsed.data;
}

/** A day begins at midnight, here. */
function dayIn(name: string, text: string): number {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const at = Date.parse(isDay ? `${text}T00:00` : text);
  if (Number.isNaN(at)) throw new CliError(`--${name} takes a day such as 2026-11-21.`, exitCodes.usage);
  return at;
}

function hitText(hit: RecallHit, now: number, paint: Paint): string {
  const words = hit.snippet
    .map(({ text, isHit }) => (isHit ? paint.bold(visibleLine(text)) : visibleLine(text)))
    .join("");
  const cut = `${hit.isCutBefore ? "… " : ""}${words}${hit.isCutAfter ? " …" : ""}`;
  const place =
    hit.kind === "memory" ? "memory" : `${hit.role}, ${visibleLine(hit.sessionId ?? "")} #${hit.index}`;
  return `${cut}\n  ${paint.dim(`${place}, ${span(now - hit.at)} ago`)}`;
}
