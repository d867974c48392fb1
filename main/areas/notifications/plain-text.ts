import { visibleText } from "../../contract/visible-text.ts";

/** One line for places that show text as it is: menus, titles, notices. What is cut off is seen to be cut off. */
export function plainText(text: string, maxLength: number): string {
  const line = visibleText(text.replace(/\s+/g, " ").trim());
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}
