import type { ToolInfo } from "../catalogs/tools/contract.ts";
import type { Message, StopReason, Usage } from "../sessions/contract.ts";

export interface ModelRequest {
  /** "" means the provider's own default. */
  readonly model: string;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolInfo[];
  /** Provider options, passed through as they are. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** `arguments` is the text as the model sent it; parsing it is the loop's business. */
export type ModelEvent =
  | { readonly type: "text"; readonly delta: string }
  | { readonly type: "thinking"; readonly delta: string; readonly signature?: string }
  | { readonly type: "tool_call"; readonly id: string; readonly name: string; readonly arguments: string }
  | { readonly type: "end"; readonly stopReason: StopReason; readonly usage?: Usage };

/**
 * Port to a model provider.
 *
 * Contract: `stream` yields text as it comes, each tool call once it is complete, and `end` last. Every failure is
 * a thrown ModelError; a stream that stops without `end` is a failure too. Nothing is retried in here. When the
 * signal aborts, the connection is closed at once and the iteration throws.
 */
export interface Model {
  readonly provider: string;
  /** It is spared what it is told before the prompt, and its sessions are never condensed. */
  readonly followsPromptAlone?: boolean;
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}

/** `retryAfterMs` is what the server asked for (Retry-After and the like), if it did. */
export class ModelError extends Error {
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** Asking again would bring the same, whatever the words sound like. */
  readonly isFinal: boolean;

  constructor(
    message: string,
    options: {
      status?: number | null;
      retryAfterMs?: number | null;
      isFinal?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "ModelError";
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.isFinal = options.isFinal ?? false;
  }
}
