import type { BoundScript } from "./contract.ts";

/** What is around a call and decides what it means. */
export interface Surroundings {
  readonly workDir: string;
  /** Content of `scriptsOf`, by the path the command gives. What is missing is not bound, so it is allowed only once. */
  readonly scripts?: ReadonlyMap<string, BoundScript>;
  /** Why it will be refused even if it is allowed here. */
  readonly refusal?: string;
}
