import { preview } from "../../contract/visible-text.ts";
import type { RunError } from "./contract.ts";
import type { StartRunInput } from "./service.ts";

/** Why a run can't be what its client wants; null when it can. */
export function missingFeature(input: StartRunInput): RunError | null {
  if (input.skill !== undefined) return { code: "internal", message: `skill "${input.skill}" not found` };
  if (input.role !== undefined) return { code: "internal", message: `role "${input.role}" not found` };
  return null;
}

/** The beginning of its prompt. */
export function titleOf(input: StartRunInput): string {
  if (input.skill !== undefined) return preview(`skill ${input.skill}`, 120);
  const firstLine = input.text.slice(0, 1000).trimStart().split("\n", 1)[0] ?? "";
  return preview(firstLine, 120);
}
