import { charactersIn, endOfPiece } from "./characters.ts";
import { giveWay } from "./slices.ts";

/** Written at once; less would cost more than it saves. */
const PIECE_CHARACTERS = 64 * 1024;

/** The JSON of a value that came from JSON, in pieces, so that a long text is never written as a whole. */
export function* jsonPieces(value: unknown): Generator<string, void> {
  if (typeof value === "string") yield* piecesOfText(value);
  else if (typeof value !== "object" || value === null || charactersIn(value) <= PIECE_CHARACTERS) {
    yield JSON.stringify(value) ?? "null";
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      yield at === 0 ? "[" : ",";
      yield* jsonPieces(item);
    }
    yield "]";
  } else {
    let separator = "{";
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* jsonPieces(item);
      separator = ",";
    }
    yield "}";
  }
}

function* piecesOfText(text: string): Generator<string, void> {
  if (text.length <= PIECE_CHARACTERS) return yield JSON.stringify(text);
  yield '"';
  for (let from = 0; from < text.length;) {
    const end = endOfPiece(text, from, PIECE_CHARACTERS);
    yield JSON.stringify(text.slice(from, end)).slice(1, -1);
    from = end;
  }
  yield '"';
}

/**
 * All of it as bytes, giving way to other work in between.
 *
 * @param check is told how many there are so far, and may throw.
 */
export async function jsonBytes(
  value: unknown,
  check: (size: number) => void = () => {},
): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let size = 0;
  let text = "";
  const flush = () => {
    const piece = Buffer.from(text);
    text = "";
    size += piece.length;
    pieces.push(piece);
    check(size);
  };
  for (const piece of jsonPieces(value)) {
    text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    flush();
    await giveWay();
  }
  flush();
  return Buffer.concat(pieces);
}
