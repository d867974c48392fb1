import { createHash } from "node:crypto";
import type { Message } from "../../sessions/contract.ts";

/** Names of any length and any characters, as words that the index knows whole. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The words of the column `about`. */
export const filterWords = {
  session: (key: number) => `s${key}`,
  role: (role: Message["role"]) => `r${role}`,
  client: (id: string) => `c${digest(id)}`,
  tag: (tag: string) => `t${digest(tag)}`,
};
