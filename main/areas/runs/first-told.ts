import type { MemoryContext } from "../memories/service.ts";
import type { Run } from "./contract.ts";

/** What a model is told before the prompt; what can be told at once is. */
export type FirstTold = (run: Run, prompt: string, workspace: string) => string | Promise<string>;

/** How this place works, and last what is kept: notes stand behind what is to be followed. */
export function createFirstTold(
  systemPrompt: (workspace: string) => string | Promise<string>,
  { contextFor }: MemoryContext,
): FirstTold {
  return ({ id: runId, sessionId }, prompt, workspace) => {
    const system = systemPrompt(workspace);
    const notes = contextFor({ runId, sessionId, prompt });
    if (typeof system === "string" && typeof notes === "string") return joined([system, notes]);
    return Promise.all([system, notes]).then(joined);
  };
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n\n");
