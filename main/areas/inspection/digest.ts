import { createHash } from "node:crypto";
import type { Subject } from "./contract.ts";

export interface DigestedCall {
  readonly tool: string;
  readonly arguments: unknown;
  readonly workDir: string;
  /** What the call acts on, as it is at this moment. */
  readonly subject: Subject;
}

/** SHA-256 in hex over canonical JSON: the same call has the same digest, whatever the order of its keys. */
export function requestDigest({ tool, arguments: args, workDir, subject }: DigestedCall): string {
  return sha256(canonicalJson({ arguments: args, subject, tool, workDir }));
}

export const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

/**
 * JSON with sorted keys and no blanks.
 *
 * Contract: works on every value that came from JSON, however deep, so it keeps its own stack.
 */
export function canonicalJson(value: unknown): string {
  const out: string[] = [];
  const todo: ({ readonly text: string } | { readonly value: unknown })[] = [{ value }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if ("text" in next) {
      out.push(next.text);
      continue;
    }
    const current = next.value;
    if (Array.isArray(current)) {
      out.push("[");
      todo.push({ text: "]" });
      for (let i = current.length - 1; i >= 0; i -= 1) {
        todo.push({ value: current[i] });
        if (i > 0) todo.push({ text: "," });
      }
    } else if (typeof current === "object" && current !== null) {
      out.push("{");
      todo.push({ text: "}" });
      const entries = Object.entries(current)
        .filter(([, item]) => item !== undefined)
        .toSorted(([a], [b]) => (a < b ? 1 : -1));
      entries.forEach(([key, item], i) => {
        const comma = i < entries.length - 1 ? "," : "";
        todo.push({ value: item }, { text: `${comma}${JSON.stringify(key)}:` });
      });
    } else {
      out.push(JSON.stringify(current) ?? "null");
    }
  }
  return out.join("");
}
