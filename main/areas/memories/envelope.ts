import * as z from "zod";
import { MAX_IMPORT_VALUES, MAX_MEMORY_TAGS } from "../../contract/limits.ts";
import { createJsonBounds } from "../../kernel/json-bounds.ts";
import type { Memory } from "./contract.ts";

/** A memory as files bring it, before anybody has looked whether it fits. */
export interface FileMemory {
  readonly id: string | null;
  readonly content: string;
  readonly tags: readonly string[];
  readonly isPinned: boolean;
  /** Epoch milliseconds; null when the file does not say. */
  readonly at: number | null;
}

const KIND = "peggy.memories";

/** Nothing else may be in it: a file of something else is not taken for memories (Glue contract 5.4). */
const Envelope = z.strictObject({
  version: z.literal(1),
  kind: z.literal(KIND),
  exported_at: z.string().optional(),
  memories: z.array(
    z.strictObject({
      id: z.string().optional(),
      content: z.string(),
      tags: z
        .array(z.string())
        .max(MAX_MEMORY_TAGS * 5)
        .nullish(),
      timestamp: z.string().optional(),
    }),
  ),
});

const GO_ZERO_TIME = "0001-01-01T00:00:00Z";

function momentOf(text: string | undefined): number | null {
  if (text === undefined || text === GO_ZERO_TIME) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** Contract: throws an Error with a sentence for a person where it is no such file. */
export function readEnvelope(text: string): FileMemory[] {
  const excess = createJsonBounds(MAX_IMPORT_VALUES).add(Buffer.from(text));
  if (excess !== null) throw new Error(`The file has ${excess}. Split it.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("The file is no JSON.");
  }
  const parsed = Envelope.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`This is no file of memories: ${issue?.path.join(".") || "it"} does not fit.`);
  }
  return parsed.data.memories.map(({ id, content, tags, timestamp }) => ({
    id: id ?? null,
    content,
    tags: tags ?? [],
    isPinned: false,
    at: momentOf(timestamp),
  }));
}

export const memoryToFile = ({ id, content, tags, createdAt }: Memory) => ({
  id,
  content,
  ...(tags.length === 0 ? {} : { tags }),
  timestamp: new Date(createdAt).toISOString(),
});

/** The envelope in pieces: its beginning, memories a page at a time, its end. */
export const envelopePieces = {
  begin: (at: number): string =>
    `{"version":1,"kind":"${KIND}","exported_at":"${new Date(at).toISOString()}","memories":[`,
  page: (memories: readonly Memory[], isFirst: boolean): string =>
    memories
      .map((memory, at) => `${isFirst && at === 0 ? "\n" : ",\n"}${JSON.stringify(memoryToFile(memory))}`)
      .join(""),
  end: "\n]}\n",
};
