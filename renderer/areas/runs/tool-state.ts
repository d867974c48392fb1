import type { Decider } from "../../../main/contract/decider.ts";
import type { ToolBlock } from "./timeline/block.ts";

export type ToolState =
  "running" | "asking" | "done" | "failed" | "denied" | "expired" | "withdrawn" | "stopped";

export function toolState(block: ToolBlock): ToolState {
  const outcome = block.permission?.settled?.outcome;
  if (outcome === "denied" || outcome === "expired" || outcome === "withdrawn") return outcome;
  if (block.result !== null) {
    if (!block.result.isError) return "done";
    return isRefusal(block) ? "denied" : "failed";
  }
  if (block.isStopped) return "stopped";
  const asked = block.question ?? block.permission;
  return asked !== null && asked.settled === null ? "asking" : "running";
}

/** A rule that refuses does so without asking, and the tool never runs. */
const isRefusal = ({ decidedBy, durationMs }: ToolBlock) => decidedBy?.kind === "policy" && durationMs === 0;

const people: ReadonlySet<Decider["kind"]> = new Set(["popup", "tray", "notification", "window", "cli"]);

/** Who or what decided, as the end of a sentence: "by you". */
export function decidedBy(decider: Decider): string {
  if (people.has(decider.kind)) return "by you";
  switch (decider.kind) {
    case "policy":
      return "by a rule";
    case "grant":
      return "by a grant";
    case "api":
      return decider.name === "" ? "over the API" : `by ${decider.name}`;
    default:
      return "by Gatehouse";
  }
}
