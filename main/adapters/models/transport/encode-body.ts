import { ModelError } from "../../../areas/runs/model.ts";
import { MAX_MODEL_REQUEST_BYTES } from "../../../contract/limits.ts";
import { jsonBytes } from "../../../kernel/json-pieces.ts";

/**
 * The JSON of a request, which may hold a conversation of many megabytes.
 *
 * Contract: rejects with a ModelError that says 413 for what is longer than any model reads.
 */
export function encodeBody(body: object): Promise<Buffer<ArrayBuffer>> {
  return jsonBytes(body, (size) => {
    if (size <= MAX_MODEL_REQUEST_BYTES) return;
    const most = `${MAX_MODEL_REQUEST_BYTES / 1024 / 1024} MiB`;
    throw new ModelError(`the conversation is longer than ${most}`, { status: 413 });
  });
}
