import * as z from "zod";
import { PermissionSummary } from "../permissions/contract.ts";
import { Question } from "../questions/contract.ts";

/**
 * Whatever waits for a person, as lists, menus and notices see it. Each kind keeps the fields of its own area; what
 * shows them tells the kinds apart by `kind` and forgets none.
 */
export const WaitingItem = z.discriminatedUnion("kind", [
  PermissionSummary.extend({ kind: z.literal("permission") }),
  Question.extend({ kind: z.literal("question") }),
]);
export type WaitingItem = z.infer<typeof WaitingItem>;
export type WaitingPermission = Extract<WaitingItem, { readonly kind: "permission" }>;
export type WaitingQuestion = Extract<WaitingItem, { readonly kind: "question" }>;

export function waitingPermission(summary: PermissionSummary): WaitingPermission {
  return { ...summary, kind: "permission" };
}

export function waitingQuestion(question: Question): WaitingQuestion {
  return { ...question, kind: "question" };
}
