/** What the scripted model does with one request. */
export type Reply = Answer | Refusal;

export interface Answer {
  readonly thinking?: string;
  /** Sent word by word. */
  readonly text?: string;
  /** Each is split over several chunks. */
  readonly toolCalls?: readonly ScriptedCall[];
  readonly usage?: { readonly input: number; readonly output: number; readonly cacheRead?: number };
  /** As the dialect spells it; by default what fits the content. */
  readonly finishReason?: string;
  /** Wait before every frame. */
  readonly delayMs?: number;
  /** Frames as they are, sent before the first one of the answer: comments, broken JSON, whatever. */
  readonly rawFrames?: readonly string[];
  /** Sends this many frames, then pulls the plug. */
  readonly breakAfter?: number;
  /** Sends this many frames, then ends the response as if that were all. */
  readonly endAfter?: number;
  /** Sends this many frames, then an error inside the stream. */
  readonly failAfter?: { readonly frames: number; readonly type: string; readonly message: string };
}

export interface ScriptedCall {
  readonly name: string;
  /** An object, or text that is sent as it is. */
  readonly arguments: unknown;
  /** Null leaves the id out, where the dialect allows that. */
  readonly id?: string | null;
}

export interface Refusal {
  readonly status: number;
  readonly message?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of the dialect's own error body. */
  readonly body?: string;
}

export function isRefusal(reply: Reply): reply is Refusal {
  return "status" in reply;
}

/** The refusal that makes a run condense its history. */
export const overflow: Refusal = {
  status: 400,
  type: "invalid_request_error",
  message: "prompt is too long: this model's maximum context length is 8192 tokens",
};

export function rateLimited(retryAfter: string): Refusal {
  return {
    status: 429,
    type: "rate_limit_error",
    message: "Too many requests",
    headers: { "retry-after": retryAfter },
  };
}

export function argumentsText(call: ScriptedCall): string {
  return typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments);
}

/** Words with the blanks behind them. */
export function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? (text === "" ? [] : [text]);
}

/** Three pieces, the way calls arrive in practice. */
export function piecesOf(text: string): string[] {
  const size = Math.max(1, Math.ceil(text.length / 3));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
}
