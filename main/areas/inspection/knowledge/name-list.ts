/** A list of names of files and folders, as it is written in `secret-files.ts` and `obeyed-files.ts`. */
export interface NameList {
  /**
   * The value of the first part of the path, or several of them in a row, that is on the list; null if none is.
   * `from`: where parts begin that count alone; those before it count only as one of several.
   */
  find(parts: readonly string[], from?: number): string | null;
}

interface Names {
  readonly exact: ReadonlyMap<string, string>;
  readonly patterns: readonly { readonly expression: RegExp; readonly value: string }[];
  /** Any of the patterns: most names are none of them. */
  readonly some: RegExp;
}

interface Entry {
  readonly name: string;
  readonly value: string;
}

const MAX_PARTS = 4;

/** `isForFolders`: every name also stands for a folder with all that is in it, not only one with a slash at its end. */
export function nameList(
  rows: readonly { readonly names: string; readonly value: string }[],
  { isForFolders }: { readonly isForFolders: boolean },
): NameList {
  const entries = rows.flatMap(({ names, value }) => names.split(/\s+/).map((name) => ({ name, value })));
  const folders = tablesOf(entries.filter(({ name }) => isForFolders || name.endsWith("/")));
  const files = tablesOf(entries.filter(({ name }) => !isForFolders && !name.endsWith("/")));
  return {
    find(parts, from = 0) {
      for (const at of parts.keys()) {
        const fewest = at >= from ? 1 : 2;
        const found =
          endingAt(folders, parts, at, fewest) ??
          (at === parts.length - 1 ? endingAt(files, parts, at, fewest) : null);
        if (found !== null) return found;
      }
      return null;
    },
  };
}

/** By the number of parts, beginning with one. */
function tablesOf(entries: readonly Entry[]): readonly Names[] {
  const plain = entries.map(({ name, value }) => ({ name: name.replace(/\/$/, "").toLowerCase(), value }));
  return Array.from({ length: MAX_PARTS }, (_, i) =>
    tableOf(plain.filter(({ name }) => name.split("/").length === i + 1)),
  );
}

function tableOf(entries: readonly Entry[]): Names {
  const patterns = entries.filter(({ name }) => name.includes("*"));
  return {
    exact: new Map(entries.filter(({ name }) => !name.includes("*")).map(({ name, value }) => [name, value])),
    patterns: patterns.map(({ name, value }) => ({ expression: new RegExp(sourceOf(name)), value })),
    some: new RegExp(patterns.map(({ name }) => sourceOf(name)).join("|") || "$^"),
  };
}

function sourceOf(name: string): string {
  const pieces = name.split("*").map((piece) => piece.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`));
  return `^${pieces.join("[^/]*")}$`;
}

function endingAt(
  tables: readonly Names[],
  parts: readonly string[],
  at: number,
  fewest: number,
): string | null {
  for (const [i, table] of tables.entries()) {
    if (i + 1 < fewest || at < i) continue;
    const found = foundIn(table, i === 0 ? (parts[at] ?? "") : parts.slice(at - i, at + 1).join("/"));
    if (found !== null) return found;
  }
  return null;
}

function foundIn({ exact, patterns, some }: Names, name: string): string | null {
  const known = exact.get(name);
  if (known !== undefined) return known;
  return some.test(name) ? (patterns.find(({ expression }) => expression.test(name))?.value ?? null) : null;
}

/** No file system takes longer names. */
const MAX_NAME = 255;

/** The parts of a path in the spellings that may mean the same file. */
export function spellingsOf(path: string): readonly (readonly string[])[] {
  const parts = path.split(/[\\/]+/).filter((part) => part !== "" && part.length <= MAX_NAME);
  const spelled = parts.map((part) => part.toLowerCase());
  const plain = parts.map(plainName);
  return plain.every((part, i) => part === spelled[i]) ? [spelled] : [spelled, plain];
}

/** Spelled in one way only, whatever the system. */
const isPlainName = /^[\w.-]*[\w-]$/;

/** Trailing dots and blanks, and streams behind a colon, mean nothing on Windows. */
const plainName = (part: string): string =>
  isPlainName.test(part)
    ? part.toLowerCase()
    : part
        .normalize("NFKC")
        .toLowerCase()
        .replace(/(?<![. ])[. ]+$/, "")
        .replace(/:.*$/, "");

const MAX_REMEMBERED = 256;
const MAX_REMEMBERED_LENGTH = 300;

/** While one call is looked at, the same few paths are looked up on the same list again and again. */
export function rememberingPaths<T>(find: (path: string) => T): (path: string) => T {
  const found = new Map<string, { readonly value: T }>();
  return (path) => {
    const known = found.get(path);
    if (known !== undefined) return known.value;
    const value = find(path);
    if (path.length > MAX_REMEMBERED_LENGTH) return value;
    if (found.size >= MAX_REMEMBERED) found.clear();
    found.set(path, { value });
    return value;
  };
}
