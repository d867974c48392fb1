import type * as z from "zod";
import { fail } from "../../contract/fail.ts";
import { MemoryId } from "../../contract/ids.ts";
import { MAX_MEMORIES } from "../../contract/limits.ts";
import type { Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { giveWay, ownTurn } from "../../kernel/slices.ts";
import { memories, type Memory } from "./contract.ts";
import { envelopePieces, readEnvelope, type FileMemory } from "./envelope.ts";
import { likenessOf, memoryId, nanoseconds } from "./identity.ts";
import { secretsIn } from "./keeping.ts";
import { markdownPieces, readMarkdown } from "./markdown.ts";
import { fitText } from "./memory-text.ts";
import type { MemoryStore } from "./store/memory-store.ts";

type ImportOf<Part extends "input" | "output"> = z.output<(typeof memories.endpoints.importMemories)[Part]>;

export interface MemoryTransfer {
  /** A piece of the file, and where the next one begins. */
  export(
    format: "json" | "markdown",
    after: string | undefined,
  ): Promise<{ text: string; next: string | null }>;
  import(input: ImportOf<"input">, by: Principal): Promise<ImportOf<"output">>;
}

const EXPORTED_AT_ONCE = 500;
const IMPORTED_AT_ONCE = 50;

/** Takes memories out into files and in from them. */
export function createMemoryTransfer(deps: {
  readonly store: MemoryStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof memories>;
}): MemoryTransfer {
  const { store, commit, clock, publish } = deps;

  /** As it would be kept; null for what is there already. */
  const fromFile = (found: FileMemory, fit: { content: string; tags: readonly string[] }): Memory | null => {
    const createdAt = Math.min(found.at ?? clock.now(), clock.now());
    const given = MemoryId.safeParse(found.id);
    if (given.success && !store.isFree(given.data)) return null;
    let ns = nanoseconds(createdAt);
    while (!given.success && !store.isFree(memoryId(ns, fit.content))) ns += 1n;
    return {
      id: given.success ? given.data : memoryId(ns, fit.content),
      content: fit.content,
      tags: [...fit.tags],
      pinned: found.isPinned,
      source: { kind: "import", runId: null, callId: null, sessionId: null, clientId: "" },
      createdAt,
      updatedAt: createdAt,
      revision: 1,
    };
  };

  return {
    async export(format, after) {
      const page = await store.list({ limit: EXPORTED_AT_ONCE, after });
      const isFirst = after === undefined;
      const isLast = page.next === null;
      const text =
        format === "json"
          ? [
              isFirst ? envelopePieces.begin(clock.now()) : "",
              envelopePieces.page(page.memories, isFirst),
              isLast ? envelopePieces.end : "",
            ]
          : [
              isFirst ? markdownPieces.begin : "\n",
              markdownPieces.page(page.memories),
              isLast ? markdownPieces.end : "",
            ];
      return { text: text.join(""), next: page.next };
    },

    async import({ text, preview, isSecretMeant }, by) {
      await ownTurn();
      const found = readFile(text);
      const mayKeepSecrets = by.kind === "person" && isSecretMeant;
      const counts = { found: found.length, added: 0, skipped: 0, secrets: 0, unfit: 0 };
      const inFile = { ids: new Set<string>(), likenesses: new Set<string>() };
      let batch: Memory[] = [];
      const flush = () => {
        const kept = batch;
        batch = [];
        if (kept.length > 0 && !preview) commit.now(() => kept.forEach((memory) => store.insert(memory)));
      };
      for (const one of found) {
        const fit = fitText(one.content, one.tags);
        const memory = fit.isFit ? fromFile(one, fit) : null;
        const likeness = fit.isFit ? likenessOf(fit.content) : "";
        if (!fit.isFit) counts.unfit += 1;
        else if (
          memory === null ||
          inFile.ids.has(memory.id) ||
          inFile.likenesses.has(likeness) ||
          store.findLike(fit.content) !== null
        ) {
          counts.skipped += 1;
        } else if (!mayKeepSecrets && secretsIn(fit).length > 0) counts.secrets += 1;
        else {
          if (store.count() + (preview ? counts.added : batch.length) >= MAX_MEMORIES) {
            throw fail(memories, "too_many", "There is no room for all of these. Delete some first.");
          }
          inFile.ids.add(memory.id);
          inFile.likenesses.add(likeness);
          batch.push(memory);
          counts.added += 1;
          if (batch.length >= IMPORTED_AT_ONCE) flush();
        }
        await giveWay();
      }
      flush();
      if (counts.added > 0 && !preview) publish("memories.replaced", { added: counts.added });
      return counts;
    },
  };
}

function readFile(text: string): FileMemory[] {
  try {
    return /^\s*\{/.test(text) ? readEnvelope(text) : readMarkdown(text);
  } catch (error) {
    throw fail(memories, "unreadable", (error as Error).message, { cause: error });
  }
}
