import type {
  PermissionRequest,
  PermissionSummary,
  Scope,
} from "../../../main/areas/permissions/contract.ts";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { hasCode } from "../../client/errors.ts";
import { calls } from "./calls.ts";
import { settled, undone, usePending } from "./pending-store.ts";

export interface Answer {
  readonly decision: "allow" | "deny";
  readonly scope: Scope;
  /** Words for the agent, "" for none. */
  readonly note: string;
}

export const allowOnce: Answer = { decision: "allow", scope: "once", note: "" };
export const deny: Answer = { decision: "deny", scope: "once", note: "" };

/** `late`: somebody else was first. */
export interface Answered {
  readonly request: PermissionSummary;
  readonly isLate: boolean;
}

async function settle(
  input: { id: PermissionId; digest?: string },
  { decision, scope, note }: Answer,
): Promise<Answered> {
  const reason = note.trim();
  try {
    const request = await calls.decide({
      ...input,
      decision,
      scope,
      ...(decision === "deny" ? { undoable: true } : {}),
      ...(reason === "" ? {} : { reason }),
    });
    usePending.update((state) => settled(state, request));
    return { request, isLate: false };
  } catch (caught) {
    if (!hasCode(caught, "permissions.already_settled")) throw caught;
    const request = await calls.getPermission({ id: input.id });
    usePending.update((state) => settled(state, request));
    return { request, isLate: true };
  }
}

/** Answers a request that was read whole: the digest says which one that was. */
export const answer = (request: PermissionRequest, given: Answer) =>
  settle({ id: request.id, digest: request.digest }, given);

/** Takes back a denial while nobody has heard of it. False: somebody has. */
export async function undoDenial(id: PermissionId): Promise<boolean> {
  try {
    const request = await calls.undoDenial({ id });
    usePending.update((state) => undone(state, request));
    return true;
  } catch (caught) {
    if (hasCode(caught, "permissions.too_late")) return false;
    throw caught;
  }
}

export interface ManyAnswered {
  readonly done: number;
  readonly late: number;
  readonly failed: readonly PermissionId[];
}

/** As many as one call takes. */
const mostAtOnce = 1000;

/** Answers many, each as its digest says it is. One that cannot be answered does not spoil the others. */
export async function answerMany(
  requests: readonly PermissionSummary[],
  { decision, note }: Pick<Answer, "decision" | "note">,
): Promise<ManyAnswered> {
  const reason = note.trim();
  const failed: PermissionId[] = [];
  let done = 0;
  let late = 0;
  for (let from = 0; from < requests.length; from += mostAtOnce) {
    const part = requests.slice(from, from + mostAtOnce).map(({ id, digest }) => ({ id, digest }));
    const result = await calls
      .decideMany({ decision, requests: part, ...(reason === "" ? {} : { reason }) })
      .catch(() => null);
    if (result === null) {
      failed.push(...part.map(({ id }) => id));
      continue;
    }
    usePending.update((state) => result.settled.reduce(settled, state));
    done += result.settled.length;
    late += result.late.length;
    failed.push(...result.failed);
  }
  return { done, late, failed };
}
