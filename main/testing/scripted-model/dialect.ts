import type { Answer, Refusal } from "./reply.ts";

/** How one family of servers spells its answers. */
export interface Dialect {
  readonly name: "openai" | "anthropic";
  /** The whole answer, frame by frame, with the blank lines that separate them. */
  frames(answer: Answer, model: string): string[];
  errorFrame(type: string, message: string): string;
  errorBody(refusal: Refusal): string;
  modelList(models: readonly string[]): unknown;
}
