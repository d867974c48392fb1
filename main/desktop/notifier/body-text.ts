const WORD_JOINER = "\u2060";

/**
 * The body is a small HTML to many servers, where a tag could hide part of what is asked. What agents say stays text.
 *
 * Some servers render markup without saying so; for them an invisible character makes a tag no tag.
 */
export function bodyText(text: string, hasMarkup: boolean): string {
  if (!hasMarkup) return text.replaceAll("<", `<${WORD_JOINER}`);
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
