import type {
  PermissionRequest,
  PermissionSummary,
  Scope,
} from "../../../main/areas/permissions/contract.ts";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { hasCode } from "../../client/errors.ts";
import { calls } from "./calls.ts";
import { settled, usePending } from "./pending-store.ts";

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

export interface ManyAnswered {
  readonly done: number;
  readonly late: number;
  readonly failed: readonly PermissionId[];
}

const atOnce = 8;

/** Answers many by what their summaries say. One that cannot be answered does not keep the others waiting. */
export async function answerMany(
  requests: readonly PermissionSummary[],
  given: Answer,
  onProgress: (done: number) => void = () => undefined,
): Promise<ManyAnswered> {
  const queue = [...requests];
  const failed: PermissionId[] = [];
  let done = 0;
  let late = 0;
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { id } = next;
      const result = await settle({ id }, given).catch(() => null);
      if (result === null) failed.push(id);
      else if (result.isLate) late += 1;
      else done += 1;
      onProgress(done + late + failed.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done, late, failed };
}
