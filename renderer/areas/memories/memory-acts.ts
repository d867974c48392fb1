import type { Memory } from "../../../main/areas/memories/contract.ts";
import { asCallError } from "../../client/errors.ts";
import { counted } from "../../ui/text-rows.ts";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";

/** As many as one call takes. */
const mostAtOnce = 1_000;
/** There is more time; a person who is still here needs no more. */
const undoForMs = 20_000;

function* portions<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += mostAtOnce) yield all.slice(from, from + mostAtOnce);
}

const failed = (what: string, caught: unknown) =>
  toast(`${what} ${asCallError(caught).message}`, { tone: "deny" });

export async function pin({ id, pinned }: Memory): Promise<void> {
  try {
    await calls.editMemory({ id, pinned: !pinned });
  } catch (caught) {
    failed(pinned ? "Not unpinned." : "Not pinned.", caught);
  }
}

async function bringBack(ids: readonly Memory["id"][]): Promise<void> {
  try {
    for (const part of portions(ids)) await calls.undoDelete({ ids: part });
  } catch (caught) {
    failed("Not brought back.", caught);
  }
}

export async function remove(memories: readonly Pick<Memory, "id">[]): Promise<void> {
  const gone: Memory["id"][] = [];
  try {
    for (const ids of portions(memories.map(({ id }) => id))) {
      const { deleted } = await calls.deleteMemories({ ids });
      gone.push(...deleted);
    }
  } catch (caught) {
    failed("Not deleted.", caught);
  }
  if (gone.length === 0) return;
  toast(`Deleted ${counted(gone.length, "memory", "memories")}.`, {
    undo: () => void bringBack(gone),
    forMs: undoForMs,
  });
}
