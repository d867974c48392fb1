import { promisify } from "node:util";
import { deflateRaw, inflateRawSync } from "node:zlib";
import type { StoredEvent } from "../stored-events.ts";
import { compactEvents, expandEvents, type CompactEvent } from "./compact-events.ts";

const deflate = promisify(deflateRaw);

/** First byte of what is kept, so that later versions can do better and still read it. */
const FORMAT = 1;

/**
 * What nearly every log says, for the compressor to point at: what is most common comes last. It belongs to format 1
 * and is pinned by a test, for what was kept with another one can't be read.
 */
const DICTIONARY = Buffer.from(
  [
    '"type":"retry","attempt":1,"maxAttempts":4,"delayMs":2000,"reason":"',
    '"type":"run_error","code":"canceled","message":"The run was canceled."',
    '"type":"permission_settled","permissionId":"perm_","outcome":"denied","outcome":"allowed","decidedBy":{"kind":"',
    'person","via":"popup","id":"window","name":"","scope":"once","scope":"session","reason":null}',
    '"type":"permission_request","permissionId":"perm_0123456789abcdef"}',
    '"metadata":{"exit_code":0,"signal":null,"duration_ms":,"truncated":false,"path":"',
    '"role":"tool","content":[{"type":"text","text":"","toolCallId":"call_","toolName":"shell_exec","isError":false,',
    '{"type":"tool_call","toolCall":{"id":"call_","name":"read_file","arguments":{"path":"src/',
    '"name":"edit_file","arguments":{"path":"","old_string":"","new_string":"","name":"write_file","content":"',
    '"name":"shell_exec","arguments":{"argv":["git","npm","run","test","',
    '"type":"tool_start","call":{"saidIn":,"nth":0}},{"seq":,"at":1,"type":"tool_end","call":{"saidIn":,"nth":0},',
    '"result":{"content":"","isError":false,"metadata":{}},"decidedBy":null,"durationMs":0}',
    '"usage":{"inputTokens":,"outputTokens":,"cacheReadTokens":0,"cacheWriteTokens":0,"totalTokens":}',
    '"type":"thinking_delta","delta":"{"type":"thinking","thinking":"","signature":"',
    " the and that this with file from have will you your need now then should would there which what when ",
    '[{"seq":1,"at":1,"type":"run_start","clientId":"cli:window","prompt":""},{"seq":2,"at":1,"type":"loop_start"},',
    '{"seq":3,"at":1,"type":"turn_start"},{"seq":4,"at":1,"type":"message_start","message":{"role":"assistant",',
    '"content":[],"provider":"","model":"","createdAt":1}},{"seq":5,"at":1,"type":"text_cuts","textIn":,"from":0,',
    '"lengths":[1,2,3,4,5,6,7,8]},{"seq":,"at":1,"type":"message_end","message":{"role":"assistant",',
    '"content":[{"type":"text","text":""}],"provider":"","model":"","stopReason":"tool_use","stopReason":"stop",',
    '"createdAt":1}},{"seq":,"at":1,"type":"turn_end"},{"seq":,"at":1,"type":"loop_end"},',
    '{"seq":,"at":1,"type":"run_done","usage":null,"textIn":}]',
  ].join(""),
);

/** Compresses in another thread. */
export async function encodeEvents(events: readonly StoredEvent[]): Promise<Buffer> {
  const json = JSON.stringify(compactEvents(events));
  return Buffer.concat([Buffer.of(FORMAT), await deflate(json, { level: 9, dictionary: DICTIONARY })]);
}

export function decodeEvents(kept: Uint8Array): StoredEvent[] {
  if (kept[0] !== FORMAT)
    throw new Error(`events were kept in the format ${kept[0]}, which is not known here`);
  const json = inflateRawSync(kept.subarray(1), { dictionary: DICTIONARY }).toString("utf8");
  return expandEvents(JSON.parse(json) as CompactEvent[]);
}
