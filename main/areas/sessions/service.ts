import { AppError } from "../../contract/errors.ts";
import { fail } from "../../contract/fail.ts";
import type { RunId, SessionId } from "../../contract/ids.ts";
import type { Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import { charactersIn } from "../../kernel/characters.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import {
  sessions,
  type Compaction,
  type Deletion,
  type DeletionId,
  type Message,
  type Refusal,
  type Session,
  type StoredCompaction,
  type StoredMessage,
} from "./contract.ts";
import { randomHex } from "../../kernel/random-id.ts";
import { createDeletions, type Deletions } from "./deletions.ts";
import { exportPiece, type ExportFormat, type ExportPiece, type ExportSource } from "./transfer/export.ts";
import { createImports, type Imports } from "./transfer/imports.ts";
import type { WorkFolders } from "./work-folders.ts";
import type { SessionStore } from "./store/session-store.ts";

export type { SessionBelongings } from "./deletions.ts";

/** What the model sees of a session: a summary of its beginning, if there is one, and the messages since. */
interface View {
  readonly messages: readonly Message[];
  /** Position in the session of the first message after the summary. */
  readonly fromPosition: number;
  readonly hasSummary: boolean;
  readonly characters: number;
}

export interface SessionService {
  /** Part of the transaction that creates a run. */
  recordRun(session: {
    id: SessionId;
    title: string;
    clientId: string;
    /** Of a session that begins with this run; another one's stays what it is. */
    workspace?: string | null;
  }): void;
  /** The folder of its own that a session works in; null: that of the settings. */
  workspaceOf(id: SessionId): string | null;
  /**
   * Begins something in a session that is to work in this folder: at once where it does so already, else once that is
   * allowed. Contract: refuses a folder that another session of this name does not work in.
   */
  beginIn<T>(
    choice: { readonly id: SessionId; readonly folder: string },
    by: Principal,
    begin: (workspace: string) => Promise<T>,
  ): Promise<T>;
  move(id: SessionId, folder: string | null, by: Principal): Promise<Session>;
  view(id: SessionId): readonly Message[];
  /** Before the transaction that ends a long run, so that this takes less time at once. */
  serialize(messages: readonly Message[]): Promise<void>;
  /**
   * Part of the transaction that ends a run: adds its messages and, if the loop condensed the view, where the model's
   * view now begins. Nothing is deleted. Returns the session as it is then.
   */
  append(id: SessionId, runId: RunId, messages: readonly Message[], compaction: Compaction | null): Session;
  /** After the commit of `append`: what has been written becomes what the next run sees. */
  announce(session: Session, messages: readonly Message[], compaction: Compaction | null): void;
  list: SessionStore["list"];
  /** The first tags that sessions have, by the alphabet. */
  tags(): Promise<string[]>;
  edit(id: SessionId, changes: { title?: string | undefined; tags?: readonly string[] | undefined }): Session;
  archive(ids: readonly SessionId[], isArchived: boolean): { sessions: Session[]; refused: Refusal[] };
  remove(ids: readonly SessionId[]): { deleted: Deletion[]; refused: Refusal[] };
  restore(deletions: readonly DeletionId[]): { sessions: Session[]; refused: Refusal[] };
  /** A new session with the beginning of this one, up to and with the message `index`; with all of it if left out. */
  fork(
    id: SessionId,
    options: { index?: number | undefined; newId?: SessionId | undefined },
  ): Promise<Session>;
  family(id: SessionId): { ancestors: Session[]; children: Session[] };
  compactions(id: SessionId): StoredCompaction[];
  /** A piece of the session as a file; `after` is the `next` of the piece before. */
  export(id: SessionId, format: ExportFormat, after: string | undefined): ExportPiece;
  readonly imports: Imports;
  /** What is removed with a session, and may keep it from being so. */
  attach: Deletions["attach"];
  stop(): void;
  get(id: SessionId): Session;
  find(id: SessionId): Session | null;
  /** A page of at most so many; it ends early where messages are long. `next` is where the next one begins. */
  messages(
    id: SessionId,
    from: number,
    limit: number,
  ): { messages: StoredMessage[]; total: number; next: number | null };
}

/** Sessions in use stay in memory; one that has not been used for longest leaves first. */
const CACHED_VIEWS = 64;
const CACHED_MESSAGES_PER_VIEW = 2_000;
/** Of all views together. What alone has more is read anew for each run. */
const CACHED_CHARACTERS = 16 * 1024 * 1024;
const CACHED_FOLDERS = 1_000;
/** Each costs a look-up when all messages of the last one are read. */
const MAX_DEPTH = 1_000;
const MOST_RELATIVES = 100;
/** As many as a person can choose from. */
const MOST_TAGS = 200;

export function createSessionService(deps: {
  readonly store: SessionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof sessions>;
  /** For what fails with nobody to tell. */
  readonly report: (error: unknown) => void;
  readonly folders: WorkFolders;
  /** The folder of the settings. */
  readonly usualFolder: () => string;
}): SessionService {
  const { store, commit, clock, publish } = deps;
  const views = new Map<string, View>();

  const load = (id: SessionId): View => {
    const compaction = store.compaction(id);
    const fromPosition = compaction?.fromPosition ?? 0;
    const since = store.messages(id, fromPosition, Number.MAX_SAFE_INTEGER).map(withoutPlace);
    const messages = compaction === null ? since : [compaction.summary, ...since];
    return {
      messages,
      characters: charactersIn(messages),
      fromPosition,
      hasSummary: compaction !== null,
    };
  };

  let cachedCharacters = 0;

  /** Of sessions that have just begun, which are not on record yet, and of those in use. */
  const ownFolders = new Map<string, string>();
  const keepFolder = (id: string, folder: string) => {
    ownFolders.delete(id);
    ownFolders.set(id, folder);
    if (ownFolders.size > CACHED_FOLDERS) ownFolders.delete(ownFolders.keys().next().value ?? "");
  };
  const workspaceOf = (id: SessionId): string | null => ownFolders.get(id) ?? store.workspaceOf(id);

  const forget = (id: string) => {
    cachedCharacters -= views.get(id)?.characters ?? 0;
    views.delete(id);
  };

  const keep = (id: string, view: View) => {
    forget(id);
    views.set(id, view);
    cachedCharacters += view.characters;
    for (const oldest of views.keys()) {
      if (views.size <= CACHED_VIEWS && cachedCharacters <= CACHED_CHARACTERS) return;
      forget(oldest);
    }
  };

  const viewOf = (id: SessionId): View => {
    const view = views.get(id) ?? load(id);
    keep(id, view);
    return view;
  };

  const deletions = createDeletions({
    ...deps,
    forget(id) {
      forget(id);
      ownFolders.delete(id);
    },
  });

  const imports = createImports({ ...deps, deletions });
  const compactionsOf = (id: SessionId): StoredCompaction[] =>
    store.compactions(id).map(({ fromPosition, toldTo, summary, at }) => ({
      from: fromPosition,
      toldTo,
      createdAt: at,
      summary,
    }));

  const get = (id: SessionId): Session => {
    const session = store.get(id);
    if (session === null) throw fail(sessions, "not_found", "There is no session of this name.");
    return session;
  };
  const told = (session: Session): Session => {
    publish("sessions.changed", session);
    return session;
  };

  return {
    recordRun: (session) => store.recordRun({ ...session, at: clock.now() }),
    workspaceOf,
    async beginIn({ id, folder }, by, begin) {
      const { folders, usualFolder } = deps;
      const chosen = folders.find(folder);
      const isThere = () => {
        const own = workspaceOf(id);
        if (own === null && store.get(id) === null) return false;
        const current = own ?? usualFolder();
        if (current === chosen) return true;
        throw fail(
          sessions,
          "other_folder",
          `This session works in ${current}. Choose another folder for it first, or begin another session.`,
        );
      };
      const beginThere = () => {
        if (!isThere()) keepFolder(id, chosen);
        return begin(chosen);
      };
      if (isThere()) return begin(chosen);
      return folders.allow({ id, folder: chosen, before: usualFolder() }, by, beginThere);
    },
    async move(id, folder, by) {
      const { folders, usualFolder } = deps;
      const before = get(id).workspace ?? usualFolder();
      const chosen = folder === null ? null : folders.find(folder);
      return folders.allow({ id, folder: chosen ?? usualFolder(), before }, by, () => {
        deletions.checker()(id);
        commit.now(() => store.setWorkspace(id, chosen));
        if (chosen === null) ownFolders.delete(id);
        else keepFolder(id, chosen);
        return told(get(id));
      });
    },
    view: (id) => viewOf(id).messages,
    serialize: (messages) => store.serialize(messages),
    append(id, runId, messages, compaction) {
      const now = clock.now();
      if (compaction !== null) {
        const view = viewOf(id);
        // The first message of a view with a summary stands for what was replaced earlier; it has no place of its own.
        const replaced = compaction.replaced - (view.hasSummary ? 1 : 0);
        store.compact(id, view.fromPosition + replaced, compaction.summary, messages.length, now);
      }
      return store.append(id, runId, messages, now);
    },
    announce(session, messages, compaction) {
      const { id } = session;
      const view = views.get(id);
      if (view !== undefined && compaction === null) {
        const grown = [...view.messages, ...messages];
        const characters = view.characters + charactersIn(messages);
        if (grown.length <= CACHED_MESSAGES_PER_VIEW) keep(id, { ...view, messages: grown, characters });
        else forget(id);
      } else {
        forget(id);
      }
      publish("sessions.changed", session);
    },
    list: store.list,
    tags: () => store.tags(MOST_TAGS),
    edit(id, changes) {
      get(id);
      commit.now(() => store.edit(id, changes));
      return told(get(id));
    },
    archive(ids, isArchived) {
      const { done, refused } = each(ids, get);
      const at = isArchived ? clock.now() : null;
      commit.now(() => done.forEach(({ id }) => store.setArchived(id, at)));
      return { sessions: done.map(({ id }) => told(get(id))), refused };
    },
    remove(ids) {
      const { done, refused } = each(ids, deletions.checker());
      return { deleted: deletions.remove(done), refused };
    },
    restore(ids) {
      const { done, refused } = each(ids, deletions.checkTakingBack);
      deletions.takeBack(done);
      return { sessions: done.map(({ sessionId }) => told(get(sessionId))), refused };
    },
    async fork(id, { index, newId = `fork_${randomHex().slice(0, 12)}` as SessionId }) {
      const { messageCount, createdAt } = get(id);
      const shared = index === undefined ? messageCount : index + 1;
      if (shared > messageCount) {
        throw fail(sessions, "no_message", `This session has no message ${index}.`);
      }
      const counts = await store.countRoles(id, shared);
      if (get(id).createdAt !== createdAt) {
        throw fail(sessions, "not_found", "The session was deleted meanwhile.");
      }
      if (store.get(newId) !== null)
        throw fail(sessions, "name_taken", "There is a session of this name already.");
      if (store.depth(id) >= MAX_DEPTH) {
        throw fail(sessions, "too_deep", `A session is forked ${MAX_DEPTH} times in a row at most.`);
      }
      commit.now(() => store.fork({ id: newId, shared, at: clock.now() }, id, counts));
      return told(get(newId));
    },
    family(id) {
      const family = store.family(id, MOST_RELATIVES, MOST_RELATIVES);
      if (family === null) throw fail(sessions, "not_found", "There is no session of this name.");
      return family;
    },
    compactions: (id) => compactionsOf(get(id).id),
    export(id, format, after) {
      const source: ExportSource = {
        session: get(id),
        messages: (from, limit) => store.messagePage(id, from, limit),
        compactions: () => compactionsOf(id),
        now: clock.now(),
      };
      return exportPiece(source, format, after);
    },
    imports: {
      ...imports,
      async finish(importId) {
        const { id } = told(get(await imports.finish(importId)));
        return id;
      },
    },
    attach: deletions.attach,
    stop: deletions.stop,
    get,
    find: (id) => store.get(id),
    messages(id, from, limit) {
      const session = get(id);
      const messages = store.messagePage(id, from, limit);
      const end = (messages.at(-1)?.index ?? from) + 1;
      const total = session.messageCount;
      return { messages, total, next: end < total ? end : null };
    },
  };
}

/** Does it to each, and says of those that it could not be done to why. */
function each<Id extends string, T>(
  ids: readonly Id[],
  act: (id: Id) => T,
): { readonly done: T[]; readonly refused: Refusal[] } {
  const done: T[] = [];
  const refused: Refusal[] = [];
  for (const id of new Set(ids)) {
    try {
      done.push(act(id));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ id, code: error.code, message: error.message });
    }
  }
  return { done, refused };
}

function withoutPlace({ index: _index, runId: _runId, ...message }: StoredMessage): Message {
  return message;
}
