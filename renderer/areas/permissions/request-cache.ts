import { useEffect } from "react";
import { create } from "zustand";
import type { PermissionRequest } from "../../../main/areas/permissions/contract.ts";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { calls } from "./calls.ts";

export interface Loaded {
  readonly request: PermissionRequest | null;
  readonly error: CallError | null;
}

const nothing: Loaded = { request: null, error: null };
/** A request never changes after it was asked, but one can hold a megabyte: only a few are kept. */
const kept = 20;

const useRequests = create<{ readonly byId: ReadonlyMap<string, Loaded> }>(() => ({ byId: new Map() }));
const loading = new Set<string>();
/** How often each is shown: what is on screen stays. */
const shown = new Map<string, number>();

function keep(id: string, loaded: Loaded): void {
  useRequests.setState(({ byId }) => {
    const next = new Map(byId);
    next.delete(id);
    next.set(id, loaded);
    for (const oldest of next.keys()) {
      if (next.size <= kept) break;
      if (!shown.has(oldest)) next.delete(oldest);
    }
    return { byId: next };
  });
}

/** Reads one request whole, unless that is done or under way. */
export async function loadRequest(id: PermissionId): Promise<void> {
  if (loading.has(id) || useRequests.getState().byId.get(id)?.request) return;
  loading.add(id);
  try {
    keep(id, { request: await calls.getPermission({ id }), error: null });
  } catch (caught) {
    keep(id, { request: null, error: asCallError(caught) });
  } finally {
    loading.delete(id);
  }
}

export function useRequest(id: PermissionId | null): Loaded {
  useEffect(() => {
    if (id === null) return;
    shown.set(id, (shown.get(id) ?? 0) + 1);
    void loadRequest(id);
    return () => {
      const count = (shown.get(id) ?? 1) - 1;
      if (count === 0) shown.delete(id);
      else shown.set(id, count);
    };
  }, [id]);
  return useRequests(({ byId }) => (id === null ? nothing : (byId.get(id) ?? nothing)));
}
