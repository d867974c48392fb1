/** Direction marks and other invisible characters can make text read as something else than it is. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** One line for places that show text as it is: menus, titles, notices. What is cut off is seen to be cut off. */
export function plainText(text: string, maxLength: number): string {
  const line = text.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}
