/** One turn of the model: what it says first, then the tool it calls. The last turn calls none. */
export interface Turn {
  readonly text: string;
  readonly call: { readonly name: string; readonly rest: string } | null;
}

const CALL_LINE = /^\/([A-Za-z_][\w.-]*)(?:[ \t]+(.*?))?[ \t]*\r?$/;

/**
 * Cuts a prompt into turns. A prompt without a call is one turn whose text is the prompt, exactly; between calls, text
 * keeps its lines but for the line break before the next call, and blank lines alone are no text.
 */
export function readScript(prompt: string): Turn[] {
  if (!prompt.startsWith("/") && !prompt.includes("\n/")) return [{ text: prompt, call: null }];
  const turns: Turn[] = [];
  let lines: string[] = [];
  for (const line of prompt.split("\n")) {
    const call = CALL_LINE.exec(line);
    if (call === null) {
      lines.push(line);
      continue;
    }
    turns.push({ text: textOfLines(lines), call: { name: call[1] ?? "", rest: call[2] ?? "" } });
    lines = [];
  }
  const isPlain = turns.length === 0;
  turns.push({ text: isPlain ? prompt : textOfLines(lines), call: null });
  return turns;
}

function textOfLines(lines: readonly string[]): string {
  const text = lines.join("\n");
  return text.trim() === "" ? "" : text;
}
