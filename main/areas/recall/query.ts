import { placedWords, type Word } from "./words.ts";

/** What is looked for. A term is found where its words stand side by side. */
export type Query =
  | {
      readonly kind: "term";
      readonly words: readonly string[];
      /** The last word is only the beginning of one. */
      readonly isPrefix: boolean;
    }
  | { readonly kind: "all" | "any"; readonly parts: readonly Query[] }
  | { readonly kind: "without"; readonly wanted: Query; readonly unwanted: Query };

export type Term = Extract<Query, { readonly kind: "term" }>;

/** Who types or pastes more looks for something that these find. */
const MAX_WORDS = 48;
/** A longer stretch is looked for in pieces. */
const MAX_PHRASE = 16;
const MAX_DEPTH = 8;

const TOKEN = /["“”„]([^"“”„]*)["“”„](\*?)|[()]|[^\s"“”„()]+|["“”„]/gu;
const OPERATORS = ["AND", "OR", "NOT"] as const;
type Operator = (typeof OPERATORS)[number];
type Token = Term | Operator | "(" | ")";

/**
 * Everything anybody may type is a question. `"side by side"`, `begin*`, AND, OR, NOT and brackets mean what they do in
 * searches wherever they make sense, and are ordinary text elsewhere. Null: there is nothing to look for.
 *
 * @param asYouType The last word may be unfinished.
 */
export function parseQuery(text: string, asYouType = false): Query | null {
  const tokens = sensible(tokensOf(text, asYouType));
  const reader = { tokens, at: 0 };
  return tokens.length === 0 ? null : readAny(reader);
}

/** The terms that a text must or may have, so not those it must not. */
export function wantedTerms(query: Query): readonly Term[] {
  if (query.kind === "term") return [query];
  return query.kind === "without" ? wantedTerms(query.wanted) : query.parts.flatMap(wantedTerms);
}

function tokensOf(text: string, asYouType: boolean): Token[] {
  const tokens: Token[] = [];
  let words = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, quoted, star] = match;
    if (words >= MAX_WORDS) break;
    if (whole === "(" || whole === ")") {
      tokens.push(whole);
      continue;
    }
    const operator = OPERATORS.find((name) => name === whole);
    if (operator !== undefined) {
      tokens.push(operator);
      continue;
    }
    const isLast = match.index + whole.length === text.length;
    const isUnfinished = asYouType && isLast && quoted === undefined;
    const isPrefix = star === "*" || (quoted === undefined && whole.endsWith("*")) || isUnfinished;
    for (const term of termsOf(quoted ?? whole, isPrefix, MAX_WORDS - words)) {
      words += term.words.length;
      tokens.push(term);
    }
  }
  return tokens;
}

function termsOf(text: string, isPrefix: boolean, most: number): Term[] {
  const words: Word[] = [];
  for (const word of placedWords(text)) {
    if (words.length >= most) break;
    words.push(word);
  }
  const last = words.at(-1);
  const beforeLast = words.at(-2);
  let isBeginning = isPrefix;
  if (last?.isTail === true) {
    // The pair before it says it already. Alone it is found as the beginning of pairs.
    if (beforeLast !== undefined && beforeLast.end === last.end) words.pop();
    else isBeginning = true;
  }
  const terms: Term[] = [];
  for (let from = 0; from < words.length; from += MAX_PHRASE) {
    const piece = words.slice(from, from + MAX_PHRASE).map(({ word }) => word);
    terms.push({ kind: "term", words: piece, isPrefix: isBeginning && from + MAX_PHRASE >= words.length });
  }
  return terms;
}

const isTerm = (token: Token | undefined): token is Term => typeof token === "object";
const wordOf = (operator: Operator): Term => ({
  kind: "term",
  words: [operator.toLowerCase()],
  isPrefix: false,
});

/** Brackets that have no partner or hold nothing are dropped; operators with nothing to join are words. */
function sensible(tokens: readonly Token[]): Token[] {
  let found = withoutLooseBrackets(tokens);
  for (;;) {
    const empty = found.findIndex((token, at) => token === "(" && found[at + 1] === ")");
    if (empty === -1) break;
    found = found.toSpliced(empty, 2);
  }
  const joined: Token[] = [];
  found.forEach((token, at) => {
    if (token !== "AND" && token !== "OR" && token !== "NOT") return void joined.push(token);
    const before = joined.at(-1);
    const next = found[at + 1];
    const hasLeft = isTerm(before) || before === ")";
    const opens = (after: Token | undefined) => isTerm(after) || after === "(";
    if (token === "AND" && hasLeft && next === "NOT" && opens(found[at + 2])) return;
    joined.push(hasLeft && opens(next) ? token : wordOf(token));
  });
  return joined;
}

function withoutLooseBrackets(tokens: readonly Token[]): Token[] {
  const open: number[] = [];
  const loose = new Set<number>();
  tokens.forEach((token, at) => {
    if (token === "(") {
      if (open.length >= MAX_DEPTH) loose.add(at);
      else open.push(at);
    }
    if (token === ")" && open.pop() === undefined) loose.add(at);
  });
  for (const at of open) loose.add(at);
  return tokens.filter((_, at) => !loose.has(at));
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function joinedBy(kind: "all" | "any", parts: readonly Query[]): Query {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function readAny(reader: Reader): Query {
  const parts = [readAll(reader)];
  while (reader.tokens[reader.at] === "OR") {
    reader.at += 1;
    parts.push(readAll(reader));
  }
  return joinedBy("any", parts);
}

function readAll(reader: Reader): Query {
  let wanted: Query[] = [readOne(reader)];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined || token === "OR" || token === ")") return joinedBy("all", wanted);
    if (token === "NOT") {
      reader.at += 1;
      wanted = [{ kind: "without", wanted: joinedBy("all", wanted), unwanted: readOne(reader) }];
    } else {
      if (token === "AND") reader.at += 1;
      wanted.push(readOne(reader));
    }
  }
}

function readOne(reader: Reader): Query {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === "(") {
    const inner = readAny(reader);
    reader.at += 1;
    return inner;
  }
  if (isTerm(token)) return token;
  throw new Error("operators without something to join have been made words");
}
