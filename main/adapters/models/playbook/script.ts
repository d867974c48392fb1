/** One turn of the model: what it says first, then the tool it calls. The last turn calls none. */
export interface Turn {
  readonly text: string;
  readonly call: { readonly name: string; readonly rest: string } | null;
}

const NAME = /\/([A-Za-z_][\w.-]*)(?=[ \t\r\n]|$)/y;

/** More turns than any run may have. What follows is neither said nor done. */
const MAX_TURNS = 1_001;

/**
 * Cuts a prompt into turns. A prompt without a call is one turn whose text is the prompt, exactly; between calls, text
 * keeps its lines but for the line break before the next call, and blank lines alone are no text.
 *
 * Contract: takes time in proportion to the prompt's length.
 */
export function readScript(prompt: string): Turn[] {
  const turns: Turn[] = [];
  let from = 0;
  for (let start = nextLine(prompt, 0); start >= 0;) {
    const found = prompt.indexOf("\n", start);
    const end = found < 0 ? prompt.length : found;
    const call = callAt(prompt, start, end);
    if (call !== null) {
      turns.push({ text: spoken(prompt.slice(from, Math.max(from, start - 1))), call });
      from = end + 1;
      if (turns.length === MAX_TURNS) return turns;
    }
    start = found < 0 ? -1 : nextLine(prompt, found);
  }
  const rest = prompt.slice(from);
  return [...turns, { text: turns.length === 0 ? prompt : spoken(rest), call: null }];
}

/** Where the next line begins that may be a call, from a line break on; -1 if there is none. */
function nextLine(prompt: string, from: number): number {
  if (from === 0 && prompt.startsWith("/")) return 0;
  const found = prompt.indexOf("\n/", from);
  return found < 0 ? -1 : found + 1;
}

function callAt(prompt: string, start: number, end: number): Turn["call"] {
  NAME.lastIndex = start;
  const name = NAME.exec(prompt)?.[1];
  if (name === undefined) return null;
  const rest = prompt.slice(start + 1 + name.length, end);
  // A tab or blank stands behind the name, or nothing.
  return { name, rest: trimmed(rest) };
}

/** Without blanks and tabs around it, and without the return at its end. */
function trimmed(text: string): string {
  const isBlank = (at: number) => text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09;
  let end = text.endsWith("\r") ? text.length - 1 : text.length;
  while (end > 0 && isBlank(end - 1)) end -= 1;
  let start = 0;
  while (start < end && isBlank(start)) start += 1;
  return text.slice(start, end);
}

const spoken = (text: string): string => (text.trim() === "" ? "" : text);
