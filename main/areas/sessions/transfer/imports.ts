import { fail } from "../../../contract/fail.ts";
import type { SessionId } from "../../../contract/ids.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { deadlineIn, stampNow } from "../../../kernel/deadline.ts";
import type { GroupCommit } from "../../../kernel/group-commit.ts";
import { randomHex } from "../../../kernel/random-id.ts";
import { giveWay } from "../../../kernel/slices.ts";
import { sessions, type ImportId, type ImportState, type Message } from "../contract.ts";
import type { Deletions } from "../deletions.ts";
import type { KeptDeletion } from "../store/deletion-store.ts";
import type { SessionStore } from "../store/session-store.ts";
import type { Header, KeptCompaction } from "./envelope.ts";
import { createFileReader, FileFault, type FileReader, type ReadItem } from "./file-reader.ts";

export interface Imports {
  begin(): ImportState;
  /** Contract: refuses what no export writes; all of the import is given up then. */
  add(id: ImportId, text: string): Promise<ImportState>;
  /** The session by a name of its own. Contract: refuses a file that is not whole. */
  finish(id: ImportId): Promise<SessionId>;
  abandon(id: ImportId): void;
}

interface Import {
  readonly id: ImportId;
  readonly reader: FileReader;
  header: Header | null;
  /** What was written of it so far: hidden as if it were deleted. */
  kept: KeptDeletion | null;
  messages: number;
  readonly compactions: KeptCompaction[];
  isBusy: boolean;
}

const MOST_AT_ONCE = 4;
/** Who has not come to an end by then has left. */
const LASTS_MS = 60 * 60_000;
/** Written in one transaction. */
const MESSAGES_AT_ONCE = 50;

/**
 * A session comes in piece by piece, is checked line by line, and is nowhere to be seen before it is whole. It gets a
 * name of its own, so nothing that is here is changed by it. What is given up, or left by a process that died, is removed
 * like what is deleted.
 */
export function createImports(deps: {
  readonly store: SessionStore;
  readonly deletions: Deletions;
  readonly commit: GroupCommit;
  readonly clock: Clock;
}): Imports {
  const { store, deletions, commit, clock } = deps;
  const going = new Map<ImportId, Import>();

  const known = (id: ImportId): Import => {
    const found = going.get(id);
    if (found === undefined) throw fail(sessions, "not_found", "There is no such import.");
    if (found.isBusy) throw fail(sessions, "in_use", "The piece before is still being read.");
    return found;
  };
  const stateOf = ({ id, reader, header, messages, compactions }: Import): ImportState => ({
    id,
    title: header?.session.title ?? "",
    sessionId: header?.session.id ?? "",
    messages,
    compactions: compactions.length,
    isWhole: reader.isWhole,
  });

  const keepHeader = (entry: Import, header: Header) => {
    const now = clock.now();
    const { id: _id, ...session } = header.session;
    const hidden = {
      id: entry.id,
      sessionId: entry.id as unknown as SessionId,
      title: session.title,
      undoUntil: now + LASTS_MS,
      setAt: now,
      stamp: stampNow(clock),
      runsTo: 0,
    };
    const key = commit.now(() => store.deletions.beginHidden(hidden, session));
    entry.header = header;
    entry.kept = { ...hidden, key };
    deletions.hold(entry.kept, deadlineIn(clock, LASTS_MS));
  };

  const keepMessages = (entry: Import, messages: Message[]) => {
    if (messages.length === 0) return;
    const added = messages.splice(0);
    commit.now(() => store.append(entry.id, null, added, clock.now()));
    entry.messages += added.length;
  };

  const take = (entry: Import, item: ReadItem, messages: Message[]) => {
    if (item.kind === "header") keepHeader(entry, item.header);
    else if (item.kind === "compaction") entry.compactions.push(item.compaction);
    else messages.push(item.message);
    if (messages.length >= MESSAGES_AT_ONCE) keepMessages(entry, messages);
  };

  const abandon = (entry: Import) => {
    going.delete(entry.id);
    if (entry.kept !== null) deletions.endNow(entry.kept);
  };

  const readOn = async (entry: Import, text: string) => {
    entry.isBusy = true;
    try {
      const messages: Message[] = [];
      for (const item of entry.reader.add(text)) {
        take(entry, item, messages);
        await giveWay();
      }
      keepMessages(entry, messages);
    } catch (error) {
      abandon(entry);
      throw error instanceof FileFault ? fail(sessions, "bad_file", error.message) : error;
    } finally {
      entry.isBusy = false;
    }
  };

  return {
    begin() {
      if (going.size >= MOST_AT_ONCE) {
        throw fail(sessions, "busy", `${MOST_AT_ONCE} imports go on already. Finish or abandon one of them.`);
      }
      const id = `imp_${randomHex()}` as ImportId;
      const entry: Import = {
        id,
        reader: createFileReader(),
        header: null,
        kept: null,
        messages: 0,
        compactions: [],
        isBusy: false,
      };
      going.set(id, entry);
      clock.after(LASTS_MS, () => going.get(id) === entry && abandon(entry));
      return stateOf(entry);
    },
    async add(id, text) {
      const entry = known(id);
      await readOn(entry, text);
      return stateOf(entry);
    },
    async finish(id) {
      const entry = known(id);
      if (!entry.reader.isWhole) await readOn(entry, "\n");
      const { kept, messages, compactions, reader } = entry;
      const isWrong = compactions.some(({ from, toldTo }) => from > toldTo || toldTo > messages);
      if (kept === null || !reader.isWhole || isWrong) {
        abandon(entry);
        const why = isWrong ? "A summary tells of messages that are not there." : "The end is missing.";
        throw fail(sessions, "bad_file", why);
      }
      const sessionId = `import_${randomHex().slice(0, 12)}` as SessionId;
      commit.now(() => {
        for (const { from, toldTo, summary, createdAt } of compactions) {
          store.keepCompaction(id, { fromPosition: from, toldTo, summary, at: createdAt });
        }
      });
      deletions.takeBack([{ ...kept, sessionId }]);
      going.delete(id);
      return sessionId;
    },
    abandon: (id) => abandon(known(id)),
  };
}
