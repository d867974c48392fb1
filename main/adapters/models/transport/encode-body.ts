import { ModelError } from "../../../areas/runs/model.ts";
import { MAX_MODEL_REQUEST_BYTES } from "../../../contract/limits.ts";
import { createSlices } from "../../../kernel/slices.ts";

/** Encoded at once; less would cost more than it saves. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * The JSON of a request. A conversation may be many megabytes long, so that its messages are written one by one, giving way
 * to other work in between.
 *
 * Contract: rejects with a ModelError that says 413 for what is longer than any model reads.
 */
export async function encodeBody(body: object): Promise<Uint8Array<ArrayBuffer>> {
  const slices = createSlices();
  const pieces: Buffer[] = [];
  let size = 0;
  let text = "";
  const flush = () => {
    const piece = Buffer.from(text);
    text = "";
    size += piece.length;
    pieces.push(piece);
    if (size <= MAX_MODEL_REQUEST_BYTES) return;
    const most = `${MAX_MODEL_REQUEST_BYTES / 1024 / 1024} MiB`;
    throw new ModelError(`the conversation is longer than ${most}`, { status: 413 });
  };
  const write = async (more: string) => {
    text += more;
    if (text.length < PIECE_CHARACTERS) return;
    flush();
    await slices.giveWay();
  };

  let separator = "{";
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    if (value === undefined) continue;
    await write(`${separator}${JSON.stringify(name)}:`);
    separator = ",";
    if (!Array.isArray(value)) {
      await write(JSON.stringify(value));
      continue;
    }
    for (const [at, item] of value.entries()) await write(`${at === 0 ? "[" : ","}${JSON.stringify(item)}`);
    await write(value.length === 0 ? "[]" : "]");
  }
  await write(separator === "{" ? "{}" : "}");
  flush();
  return new Uint8Array(Buffer.concat(pieces));
}
