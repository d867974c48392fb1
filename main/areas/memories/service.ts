import { grouped } from "../../contract/in-words.ts";
import { fail } from "../../contract/fail.ts";
import type { MemoryId, RunId, SessionId } from "../../contract/ids.ts";
import { MAX_MEMORIES } from "../../contract/limits.ts";
import { actingName, type Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { ownTurn } from "../../kernel/slices.ts";
import { textDiff } from "../inspection/diff.ts";
import type { Diff } from "../inspection/contract.ts";
import { memories, type Memory, type MemoryRevision, type MemorySource, type MemoryUse } from "./contract.ts";
import { memoryId, nanoseconds } from "./identity.ts";
import type { MemoryText, SecretGuard } from "./keeping.ts";
import type { MemoryFilter, MemoryPage } from "./store/memory-pages.ts";
import { fitText } from "./memory-text.ts";
import type { MemoryStore } from "./store/memory-store.ts";
import type { KeptRevision } from "./store/rows.ts";

/** As long as a deletion can be taken back. */
export const UNDO_MS = 10 * 60_000;
const PURGED_AT_ONCE = 200;

export interface NewMemory extends MemoryText {
  readonly pinned: boolean;
  readonly isSecretMeant: boolean;
}

export interface MemoryChange {
  readonly content?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly pinned?: boolean | undefined;
  readonly isSecretMeant: boolean;
}

export interface RunBeginning {
  readonly runId: RunId;
  readonly sessionId: SessionId;
  readonly prompt: string;
}

export interface MemoryContext {
  /**
   * What a run is told of what is kept: what is pinned, then what has to do with its prompt, as much as the budget has
   * room for. Which that was, and why, is put on record. "" is nothing, and at once where nothing is kept.
   *
   * Contract: never fails; what goes wrong is reported, and the run is told nothing.
   */
  contextFor(run: RunBeginning): string | Promise<string>;
}

export interface MemoryService {
  list(filter: MemoryFilter): Promise<MemoryPage & { readonly total: number }>;
  tags(): Promise<string[]>;
  count(): number;
  get(id: MemoryId): Memory;
  find(id: string): Memory | null;
  /** One that says the same, but for case and white space. */
  findLike(content: string): Memory | null;
  /** Contract: on record when it returns. Asks nobody: whoever calls has the person's leave. */
  keep(text: MemoryText, source: MemorySource): Memory;
  add(memory: NewMemory, by: Principal): Promise<Memory>;
  edit(id: MemoryId, change: MemoryChange, by: Principal): Promise<Memory>;
  remove(ids: readonly MemoryId[]): { deleted: MemoryId[]; undoUntil: number };
  undoRemove(ids: readonly MemoryId[]): { restored: MemoryId[] };
  revisions(
    id: MemoryId,
    before: number | undefined,
    limit: number,
  ): Promise<{ revisions: MemoryRevision[]; next: number | null }>;
  restore(id: MemoryId, revision: number, isSecretMeant: boolean, by: Principal): Promise<Memory>;
  uses(id: MemoryId, limit: number, after: number | undefined): ReturnType<MemoryStore["uses"]>;
  /** What a run was told of; null where it has been deleted since. */
  given(runId: RunId): (MemoryUse & { memory: Memory | null })[];
}

/** Whose doing it is when it comes in through a door. */
export function sourceOf(by: Principal): MemorySource {
  const kind = by.kind === "person" ? "person" : "client";
  return {
    kind,
    runId: null,
    callId: null,
    sessionId: null,
    clientId: kind === "person" ? "" : actingName(by),
  };
}

export function createMemoryService(deps: {
  readonly store: MemoryStore;
  readonly secrets: SecretGuard;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof memories>;
  readonly report: (error: unknown) => void;
}): MemoryService {
  const { store, secrets, commit, clock, publish } = deps;
  let stopPurging = () => {};

  const get = (id: MemoryId): Memory => {
    const found = store.find(id);
    if (found === null) throw fail(memories, "not_found", "There is no such memory.");
    return found;
  };
  const fit = (content: string, tags: readonly string[]): { content: string; tags: string[] } => {
    const text = fitText(content, tags);
    if (!text.isFit) throw fail(memories, text.reason, text.words);
    return { content: text.content, tags: [...text.tags] };
  };
  /** A person's own is on the disk itself before anybody hears of it. */
  const write = <T>(by: MemorySource, work: () => T): T =>
    by.kind === "person" ? commit.durably(work) : commit.now(work);

  const keep = ({ content, tags }: MemoryText, source: MemorySource, pinned: boolean): Memory => {
    const text = fit(content, tags);
    const like = store.findLike(text.content);
    if (like !== null) {
      throw fail(memories, "kept_already", "This is kept already.", { data: { id: like.id } });
    }
    if (store.count() >= MAX_MEMORIES) {
      const most = grouped(MAX_MEMORIES);
      throw fail(memories, "too_many", `${most} memories are kept, and more are not. Delete some.`);
    }
    const at = clock.now();
    let ns = nanoseconds(at);
    while (!store.isFree(memoryId(ns, text.content))) ns += 1n;
    const id = memoryId(ns, text.content);
    const memory: Memory = { id, ...text, pinned, source, createdAt: at, updatedAt: at, revision: 1 };
    write(source, () => store.insert(memory));
    publish("memories.changed", memory);
    return memory;
  };

  const change = (
    before: Memory,
    text: { content: string; tags: string[] },
    pinned: boolean,
    by: MemorySource,
  ) => {
    const isRevised = text.content !== before.content || text.tags.join("\0") !== before.tags.join("\0");
    if (!isRevised && pinned === before.pinned) return before;
    const after: Memory = {
      ...before,
      ...text,
      pinned,
      ...(isRevised ? { updatedAt: clock.now(), revision: before.revision + 1 } : {}),
    };
    write(by, () => store.update(after, isRevised ? by : null));
    publish("memories.changed", after);
    return after;
  };

  /** What was deleted goes for good when it can't be taken back any more, some at a time. */
  const purge = () => {
    stopPurging();
    const first = store.firstBuriedAt();
    if (first === null) return;
    const due = clock.now() - UNDO_MS;
    const again = first > due ? first - due : 100;
    stopPurging = clock.after(again, () => {
      commit.queue(() => void store.purge(clock.now() - UNDO_MS, PURGED_AT_ONCE), purge, deps.report);
    });
  };
  purge();

  return {
    list: async (filter) => ({ ...(await store.list(filter)), total: store.count() }),
    tags: () => store.tags(),
    count: () => store.count(),
    get,
    find: (id) => store.find(id),
    findLike: (content) => store.findLike(content.trim()),
    keep: (text, source) => keep(text, source, false),
    async add(given, by) {
      const text = fit(given.content, given.tags);
      await secrets.check(text, by, given.isSecretMeant);
      return keep(text, sourceOf(by), given.pinned);
    },
    async edit(id, { content, tags, pinned, isSecretMeant }, by) {
      const before = get(id);
      const text = fit(content ?? before.content, tags ?? before.tags);
      const isNewText =
        text.content !== before.content || text.tags.some((tag) => !before.tags.includes(tag));
      if (isNewText) await secrets.check(text, by, isSecretMeant);
      // It may have been changed or deleted while somebody was asked.
      const now = get(id);
      if (now.revision !== before.revision) {
        throw fail(memories, "changed", "The memory was changed meanwhile. Look at it again.");
      }
      return change(now, text, pinned ?? now.pinned, sourceOf(by));
    },
    remove(ids) {
      const at = clock.now();
      const there = [...new Set(ids)].filter((id) => store.find(id) !== null);
      if (there.length > 0) {
        commit.durably(() => there.forEach((id) => store.bury(id, at)));
        purge();
        publish("memories.removed", { ids: there, undoUntil: at + UNDO_MS });
      }
      return { deleted: there, undoUntil: at + UNDO_MS };
    },
    undoRemove(ids) {
      const since = clock.now() - UNDO_MS;
      const back = commit.durably(() => [...new Set(ids)].flatMap((id) => store.unbury(id, since) ?? []));
      for (const memory of back) publish("memories.changed", memory);
      return { restored: back.map(({ id }) => id) };
    },
    async revisions(id, before = Number.MAX_SAFE_INTEGER, limit) {
      get(id);
      const found = store.revisionsBefore(id, before, limit + 1);
      const revisions: MemoryRevision[] = [];
      for (const [at, revision] of found.slice(0, limit).entries()) {
        const previous = found[at + 1];
        await ownTurn();
        revisions.push({ ...revision, diff: previous === undefined ? null : diffOf(previous, revision) });
      }
      return { revisions, next: found.length > limit ? (revisions.at(-1)?.number ?? null) : null };
    },
    async restore(id, number, isSecretMeant, by) {
      const [revision] = store.revisionsBefore(id, number + 1, 1);
      const now = get(id);
      if (revision?.number !== number) {
        throw fail(memories, "not_found", "There is no such revision of this memory.");
      }
      const { content, tags } = revision;
      return this.edit(now.id, { content, tags, isSecretMeant }, by);
    },
    uses(id, limit, after = Number.MAX_SAFE_INTEGER) {
      get(id);
      return store.uses(id, limit, after);
    },
    given: (runId) => store.usesOfRun(runId).map((use) => ({ ...use, memory: store.find(use.memoryId) })),
  };
}

/** Tags stand above the words, so that a change of them shows too. */
const wholeText = ({ content, tags }: KeptRevision) =>
  `${tags.length === 0 ? "" : `Tags: ${tags.join(", ")}\n\n`}${content}\n`;

function diffOf(before: KeptRevision, after: KeptRevision): Diff {
  const change = { path: "", status: "changed", before: wholeText(before), after: wholeText(after) } as const;
  return textDiff(change).diff;
}
