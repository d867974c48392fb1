import { createHash } from "node:crypto";
import type { MemoryId } from "../../contract/ids.ts";

const NANOSECONDS = 1_000_000_000n;

/** A moment as Glue writes it: no more digits behind the second than it takes. */
function timeText(ns: bigint): string {
  const seconds = ns / NANOSECONDS;
  const fraction = (ns % NANOSECONDS).toString().padStart(9, "0").replace(/0+$/, "");
  const whole = new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, "");
  return `${whole}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** `mem_<nanoseconds>_<8 hex>`: the hex begins the SHA-256 of time, line feed and content (Glue contract 5.4). */
export function memoryId(ns: bigint, content: string): MemoryId {
  const hash = createHash("sha256")
    .update(`${timeText(ns)}\n${content}`)
    .digest("hex");
  return `mem_${ns}_${hash.slice(0, 8)}` as MemoryId;
}

export const nanoseconds = (ms: number): bigint => BigInt(ms) * 1_000_000n;

/** Equal for contents that differ in case and white space only: such are the same memory twice (Glue contract 5.4). */
export function likenessOf(content: string): string {
  const folded = content.toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
  return createHash("sha256").update(folded).digest("base64url");
}
