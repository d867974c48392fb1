import { STATUS_CODES } from "node:http";
import { isFields } from "../fields.ts";
import { retryAfterFromText } from "./retry-after.ts";

/** Why a server said no, in one shape, whatever the server's own. */
export interface Refusal {
  readonly message: string;
  readonly type: string | null;
  readonly retryAfterMs: number | null;
}

const MAX_MESSAGE = 2000;

/**
 * Reads the body of an error response. Known shapes: `{error: {message, type}}` (OpenAI, Anthropic), the same in an
 * array (Gemini), `{error: "…"}` (Ollama), `{message}` (vLLM), `{detail}` (FastAPI), plain text, a proxy's HTML page.
 */
export function readRefusal(status: number, body: string): Refusal {
  const said = describe(parsed(body));
  const message = said?.message ?? plainText(body) ?? STATUS_CODES[status] ?? "no reason given";
  return {
    message: message.slice(0, MAX_MESSAGE),
    type: said?.type ?? null,
    retryAfterMs: retryAfterFromText(body),
  };
}

function describe(body: unknown): { message: string; type: string | null } | null {
  if (Array.isArray(body)) return describe(body[0]);
  if (!isFields(body)) return null;
  const { error, message, detail, type, code } = body;
  if (typeof error === "object" && error !== null) return describe(error);
  const text = [message, error, detail].find((value) => typeof value === "string" && value !== "");
  if (typeof text !== "string")
    return detail === undefined ? null : { message: JSON.stringify(detail), type: null };
  const kind = [type, code].find((value) => typeof value === "string" && value !== "");
  return { message: text, type: typeof kind === "string" ? kind : null };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function plainText(body: string): string | null {
  const text = body.trim();
  return text === "" || text.startsWith("<") ? null : text;
}
