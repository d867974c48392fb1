import type { Deletion, ImportState, Refusal, Session } from "../../../main/areas/sessions/contract.ts";
import { windowDesktopCalls } from "../../client/desktop-window.ts";
import { asCallError } from "../../client/errors.ts";
import { go } from "../../page/navigation.ts";
import { counted } from "../../ui/text-rows.ts";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";

/** A little less than there is: a click at the last moment still counts. */
const undoForMs = 13_000;

/** As many as one call takes. */
const mostAtOnce = 500;

export const nameOf = ({ title, id }: Pick<Session, "title" | "id">) => (title === "" ? id : title);

const named = (sessions: readonly Pick<Session, "title" | "id">[]) => {
  const [first] = sessions;
  return sessions.length === 1 && first !== undefined
    ? `“${nameOf(first)}”`
    : counted(sessions.length, "session");
};

const failed = (what: string, why: string) => toast(`${what} ${why}`, { tone: "deny" });

function tellRefused(what: string, refused: readonly Refusal[]): void {
  const [first] = refused;
  if (first === undefined) return;
  failed(refused.length === 1 ? what : `${what} (${counted(refused.length, "session")})`, first.message);
}

function* portions<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += mostAtOnce) yield all.slice(from, from + mostAtOnce);
}

const idsOf = (sessions: readonly Session[]) => sessions.map(({ id }) => id);

export async function archive(sessions: readonly Session[], archived: boolean): Promise<void> {
  const done: Session[] = [];
  try {
    for (const ids of portions(idsOf(sessions))) {
      const answer = await calls.archiveSessions({ ids, archived });
      done.push(...answer.sessions);
      tellRefused("Not archived.", answer.refused);
    }
  } catch (caught) {
    failed(archived ? "Not archived." : "Not taken back into the list.", asCallError(caught).message);
  }
  if (done.length === 0) return;
  toast(archived ? `Archived: ${named(done)}` : `In the list again: ${named(done)}`, {
    undo: () => void archive(done, !archived),
  });
}

/** A session of its own from this message on; with all of it if none is named. Opens it. */
export async function fork(session: Pick<Session, "id">, index?: number): Promise<void> {
  try {
    const { id } = await calls.forkSession({ id: session.id, ...(index === undefined ? {} : { index }) });
    go("sessions", id);
    toast("Forked. What you do here does not show in the session it came from.");
  } catch (caught) {
    failed("Not forked.", asCallError(caught).message);
  }
}

/** Asks where to, and says where it is. */
export async function save({ id }: Pick<Session, "id">, format: "json" | "markdown"): Promise<void> {
  try {
    const { path } = await windowDesktopCalls.saveSession({ id, format });
    if (path !== null) toast(`Saved: ${path}`);
  } catch (caught) {
    failed("Not saved.", asCallError(caught).message);
  }
}

/** Asks for a file, and hands over what is in it. */
export async function readFile(onRead: (state: ImportState) => void): Promise<void> {
  try {
    const { state } = await windowDesktopCalls.openSession();
    if (state !== null) onRead(state);
  } catch (caught) {
    failed("The file was not read.", asCallError(caught).message);
  }
}

async function restore(deletions: readonly Deletion[]): Promise<void> {
  try {
    for (const part of portions(deletions.map(({ id }) => id))) {
      const { refused } = await calls.restoreSessions({ deletions: part });
      tellRefused("Not brought back.", refused);
    }
  } catch (caught) {
    failed("Not brought back.", asCallError(caught).message);
  }
}

export async function remove(sessions: readonly Session[]): Promise<void> {
  const done: Deletion[] = [];
  try {
    for (const ids of portions(idsOf(sessions))) {
      const { deleted, refused } = await calls.deleteSessions({ ids });
      done.push(...deleted);
      tellRefused("Not deleted.", refused);
    }
  } catch (caught) {
    failed("Not deleted.", asCallError(caught).message);
  }
  if (done.length === 0) return;
  const what = named(done.map(({ sessionId, title }) => ({ id: sessionId, title })));
  toast(`Deleted: ${what}`, { undo: () => void restore(done), forMs: undoForMs });
}
