import type { Block, Timeline, ToolBlock } from "../runs/timeline/block.ts";

/** What a person sees of their first request. */
export type Attempt =
  | { readonly step: "asking"; readonly block: ToolBlock }
  | { readonly step: "starting" | "running" }
  | { readonly step: "allowed" | "refused"; readonly block: ToolBlock }
  /** The call failed for reasons of its own, such as a program that is not there. */
  | { readonly step: "failed"; readonly block: ToolBlock }
  | { readonly step: "broken"; readonly message: string };

const isTool = (block: Block): block is ToolBlock => block.kind === "tool";

/** The first call of the run is the whole story. */
export function attemptOf(timeline: Timeline): Attempt {
  const block = timeline.blocks.find(isTool);
  if (block === undefined) {
    const end = timeline.blocks.find((each) => each.kind === "end");
    if (end === undefined) return { step: "starting" };
    return { step: "broken", message: end.error?.message ?? "The run ended before it asked." };
  }
  const { permission, result } = block;
  if (permission !== null && permission.settled === null && !block.isStopped)
    return { step: "asking", block };
  if (permission?.settled && permission.settled.outcome !== "allowed") return { step: "refused", block };
  if (result !== null) return { step: result.isError ? "failed" : "allowed", block };
  return block.isStopped ? { step: "refused", block } : { step: "running" };
}
