import type { Principal } from "../../contract/principal.ts";
import type { Decider } from "./contract.ts";

/** The ledger's word for who settled a request. It comes from what was proven; a label only helps to read it. */
export function deciderOf({ kind, name, door, label }: Principal): Decider {
  return { kind: door, name: kind === "key" || kind === "agent" ? name : label };
}
