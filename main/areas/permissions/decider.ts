import type { Principal } from "../../contract/principal.ts";
import type { Decider } from "./contract.ts";

/** The ledger's word for who settled a request: only what was proven, never what a caller calls itself. */
export function deciderOf({ kind, name, door }: Principal): Decider {
  switch (kind) {
    case "person":
    case "owner":
      return { kind: door, name: "" };
    case "key":
    case "agent":
    case "client":
      return { kind, name };
  }
}
