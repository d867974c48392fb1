/** A key or an index on the way from the root of a document to one of its values. */
export type JsonPath = readonly (string | number)[];

/** What is wrong with a document, and where; lines and columns count from 1. */
export class JsonSyntaxError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    super(`${problem} at line ${line}, column ${column}`);
    this.name = "JsonSyntaxError";
    this.line = line;
    this.column = column;
  }
}

export interface LocatedJson {
  readonly value: unknown;
  /** The line that `path`, or as much of it as exists, stands on. */
  lineOf(path: JsonPath): number;
}

const BLANK = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\r\n]|\\.)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const DEEPEST = 64;

/** Reads JSON and remembers where every value stands, so that a person can be pointed at the line to correct. */
export function parseLocatedJson(source: string): LocatedJson {
  const text = source.replace(/^\uFEFF/, " ");
  const offsets = new Map<string, number>();
  let at = 0;

  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const stop = (problem: string, offset = at): never => {
    throw new JsonSyntaxError(problem, lineAt(offset), offset - text.lastIndexOf("\n", offset - 1));
  };
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  const skipBlank = () => {
    match(BLANK);
    if (text[at] === "/" || text[at] === "#") stop("comments are not allowed in JSON");
  };
  const found = () => (at < text.length ? `not "${text[at]}"` : "but the file ends");
  const take = (mark: string): boolean => {
    skipBlank();
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  };
  const readText = (): string | null => {
    const start = at;
    const raw = match(STRING);
    if (raw === null) return text[at] === '"' ? stop("a text that is not closed on its line") : null;
    try {
      return JSON.parse(raw) as string;
    } catch {
      return stop("a text with an escape or a control character that JSON does not have", start);
    }
  };
  const readKey = (seen: ReadonlySet<string>): string => {
    skipBlank();
    const start = at;
    const key = readText() ?? stop(`expected a key in double quotes, ${found()}`);
    if (seen.has(key)) stop(`the key "${key}" appears twice`, start);
    return key;
  };

  const readObject = (path: JsonPath): void => {
    const seen = new Set<string>();
    if (take("}")) return;
    do {
      skipBlank();
      const start = at;
      const key = readKey(seen);
      seen.add(key);
      if (!take(":")) stop(`expected ":" after the key "${key}", ${found()}`);
      readValue([...path, key], start);
    } while (take(","));
    if (!take("}")) stop(`expected "," or "}", ${found()}`);
  };
  const readArray = (path: JsonPath): void => {
    if (take("]")) return;
    let index = 0;
    do {
      readValue([...path, index]);
      index += 1;
    } while (take(","));
    if (!take("]")) stop(`expected "," or "]", ${found()}`);
  };
  const readValue = (path: JsonPath, keyOffset?: number): void => {
    if (path.length > DEEPEST) stop("too many brackets inside one another");
    skipBlank();
    offsets.set(JSON.stringify(path), keyOffset ?? at);
    if (take("{")) return readObject(path);
    if (take("[")) return readArray(path);
    if (readText() === null && match(NUMBER) === null && match(WORD) === null) {
      stop(`expected a value, ${found()}`);
    }
  };

  readValue([]);
  skipBlank();
  if (at < text.length) stop(`expected nothing more, ${found()}`);
  return {
    value: JSON.parse(text),
    lineOf(path) {
      for (let length = path.length; length >= 0; length -= 1) {
        const offset = offsets.get(JSON.stringify(path.slice(0, length)));
        if (offset !== undefined) return lineAt(offset);
      }
      return 1;
    },
  };
}
