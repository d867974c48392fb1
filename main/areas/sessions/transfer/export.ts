import { invalidRequest } from "../../../contract/errors.ts";
import type { Session, StoredMessage } from "../contract.ts";
import { headerLine, MARKS, type KeptCompaction } from "./envelope.ts";
import { messageInWords, summaryInWords, titleInWords } from "./markdown.ts";

export type ExportFormat = "json" | "markdown";

export interface ExportSource {
  readonly session: Session;
  /** At most a page, from a message on; it may end early. */
  messages(from: number, limit: number): readonly StoredMessage[];
  compactions(): readonly KeptCompaction[];
  readonly now: number;
}

/** A piece of the file, and what to ask for the next with; null at its end. */
export interface ExportPiece {
  readonly text: string;
  readonly next: string | null;
}

const MESSAGES_AT_ONCE = 200;

/**
 * The file piece by piece, each made in a few milliseconds. What is said after the first piece was made is not in it.
 * Contract: throws for a place that no piece has named.
 */
export function exportPiece(
  source: ExportSource,
  format: ExportFormat,
  after: string | undefined,
): ExportPiece {
  const { from, end } = placeOf(after, source.session.messageCount);
  const messages = from >= end ? [] : source.messages(from, Math.min(MESSAGES_AT_ONCE, end - from));
  const to = (messages.at(-1)?.index ?? end - 1) + 1;
  const next = to < end ? `${to}.${end}` : null;
  const pieceOf = format === "json" ? inJson : inMarkdown;
  return { text: pieceOf(source, messages, { isFirst: from === 0, isLast: next === null }), next };
}

function placeOf(after: string | undefined, count: number): { from: number; end: number } {
  if (after === undefined) return { from: 0, end: count };
  const [, from, end] = /^(\d{1,9})\.(\d{1,9})$/.exec(after) ?? [];
  const place = { from: Number(from), end: Number(end) };
  if (place.from > 0 && place.from < place.end && place.end <= count) return place;
  throw invalidRequest("This piece of the file does not exist.");
}

interface Edges {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function inJson(
  source: ExportSource,
  messages: readonly StoredMessage[],
  { isFirst, isLast }: Edges,
): string {
  const lines: string[] = [];
  if (isFirst) {
    lines.push(headerLine(source.session, source.now));
    const compactions = source.compactions();
    compactions.forEach((each, at) => lines.push(lineOf(each, at === compactions.length - 1)));
    lines.push(MARKS.messages);
  }
  messages.forEach(({ index: _index, runId: _runId, ...message }, at) =>
    lines.push(lineOf(message, isLast && at === messages.length - 1)),
  );
  if (isLast) lines.push(MARKS.end);
  return `${lines.join("\n")}\n`;
}

const lineOf = (value: object, isLast: boolean) => JSON.stringify(value) + (isLast ? "" : ",");

function inMarkdown(
  { session, compactions }: ExportSource,
  messages: readonly StoredMessage[],
  { isFirst }: Edges,
): string {
  const first = messages[0]?.index ?? 0;
  const last = messages.at(-1)?.index ?? -1;
  const summaries = compactions().filter(({ from }) => from >= first && from <= last);
  const parts = messages.map((message) => {
    const here = summaries.filter(({ from }) => from === message.index);
    return here.map((each) => summaryInWords(each.from, textOf(each))).join("") + messageInWords(message);
  });
  return (isFirst ? titleInWords(session) : "") + parts.join("");
}

const textOf = ({ summary }: KeptCompaction) =>
  summary.content.map((part) => (part.type === "text" ? part.text : "")).join("");
