import * as z from "zod";
import { Message, Tags, type Session } from "../contract.ts";

/**
 * A session as a file: one JSON text, written so that each message stands on a line of its own. Whoever reads it needs
 * no more memory than for the longest line, however long the session is.
 */
export const FORMAT = "gatehouse.session";
export const VERSION = 1;

const Header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  exportedAt: z.int(),
  session: z.strictObject({
    id: z.string().min(1).max(1024),
    title: z.string().max(1000),
    clientId: z.string().max(200),
    createdAt: z.int(),
    updatedAt: z.int(),
    tags: Tags,
  }),
});
export type Header = z.infer<typeof Header>;

/** What is read of a file knows what it is: nothing that is not declared is let in. */
export const KeptMessage = Message.strict();

export const KeptCompaction = z.strictObject({
  /** The first message that the model still saw as it is. */
  from: z.int().min(0),
  /** The summary tells of no message from here on. */
  toldTo: z.int().min(0),
  createdAt: z.int(),
  summary: KeptMessage,
});
export type KeptCompaction = z.infer<typeof KeptCompaction>;

/** What stands between the parts, a line each. */
export const MARKS = { compactions: '"compactions":[', messages: '],"messages":[', end: "]}" } as const;

export function headerLine(session: Session, exportedAt: number): string {
  const { id, title, clientId, createdAt, updatedAt, tags } = session;
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    exportedAt,
    session: { id, title, clientId, createdAt, updatedAt, tags },
  };
  return `${JSON.stringify(header).slice(0, -1)},${MARKS.compactions}`;
}

/** Null: this is no header of ours. */
export function headerIn(line: string): unknown {
  if (!line.endsWith(`,${MARKS.compactions}`)) return null;
  return JSON.parse(`${line.slice(0, -MARKS.compactions.length - 1)}}`);
}

export const parseHeader = (value: unknown) => Header.safeParse(value);
