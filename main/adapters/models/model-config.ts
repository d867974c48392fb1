/** What it takes to reach a model. `null` for a base URL means the provider's own, for a key none at all. */
export interface ModelConfig {
  readonly alias: string;
  readonly type: "playbook" | "openai-compatible" | "anthropic";
  readonly baseUrl: string | null;
  readonly model: string | null;
  readonly apiKey: string | null;
}

export type RemoteModelConfig = Omit<ModelConfig, "type">;

/** People paste `http://localhost:11434` as well as the full endpoint out of a manual. */
export function openAiBaseUrl(baseUrl: string | null): string {
  if (baseUrl === null || baseUrl.trim() === "") return "https://api.openai.com/v1";
  const trimmed = withoutTail(baseUrl, "/chat/completions");
  return URL.canParse(trimmed) && new URL(trimmed).pathname === "/" ? `${trimmed}/v1` : trimmed;
}

/** The SDK adds `/v1/messages` itself. */
export function anthropicBaseUrl(baseUrl: string | null): string {
  if (baseUrl === null || baseUrl.trim() === "") return "https://api.anthropic.com";
  return withoutTail(withoutTail(baseUrl, "/messages"), "/v1");
}

function withoutTail(url: string, tail: string): string {
  const plain = url.trim().replace(/\/+$/, "");
  return plain.endsWith(tail) ? plain.slice(0, -tail.length) : plain;
}
