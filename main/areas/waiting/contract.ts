import * as z from "zod";
import { PermissionSummary } from "../permissions/contract.ts";

/**
 * Whatever waits for a person, as lists, menus and notices see it. Each kind keeps the fields of its own area; what
 * shows them tells the kinds apart by `kind` and forgets none.
 */
export const WaitingItem = z.discriminatedUnion("kind", [
  PermissionSummary.extend({ kind: z.literal("permission") }),
]);
export type WaitingItem = z.infer<typeof WaitingItem>;

export function waitingPermission(summary: PermissionSummary): WaitingItem {
  return { ...summary, kind: "permission" };
}
