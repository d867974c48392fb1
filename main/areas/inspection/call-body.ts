import { withinBounds } from "./bounds.ts";
import type { Presentation } from "./contract.ts";

/** A call's arguments, of which every character can be seen already. */
export function callBody(shown: string): Pick<Presentation, "body" | "unshown"> {
  const { text, unshown } = withinBounds(shown);
  return { body: { kind: "call", text }, ...(unshown === undefined ? {} : { unshown }) };
}
