import type { Provider, ProviderType } from "../../../../main/areas/settings/contract.ts";

/** A start for the form. `needsKey` only decides what is asked for first. */
export interface ProviderKind {
  readonly id: string;
  readonly title: string;
  readonly type: ProviderType;
  readonly alias: string;
  readonly baseUrl: string;
  readonly modelExample: string;
  readonly needsKey: boolean;
}

export const providerKinds: readonly ProviderKind[] = [
  {
    id: "anthropic",
    title: "Anthropic",
    type: "anthropic",
    alias: "anthropic",
    baseUrl: "",
    modelExample: "claude-sonnet-4-5",
    needsKey: true,
  },
  {
    id: "openai",
    title: "OpenAI",
    type: "openai-compatible",
    alias: "openai",
    baseUrl: "https://api.openai.com/v1",
    modelExample: "gpt-5.1",
    needsKey: true,
  },
  {
    id: "openrouter",
    title: "OpenRouter",
    type: "openai-compatible",
    alias: "openrouter",
    baseUrl: "https://openrouter.ai/api/v1",
    modelExample: "anthropic/claude-sonnet-4.5",
    needsKey: true,
  },
  {
    id: "ollama",
    title: "Ollama",
    type: "openai-compatible",
    alias: "ollama",
    baseUrl: "http://127.0.0.1:11434/v1",
    modelExample: "qwen3:8b",
    needsKey: false,
  },
  {
    id: "lm-studio",
    title: "LM Studio",
    type: "openai-compatible",
    alias: "lm-studio",
    baseUrl: "http://127.0.0.1:1234/v1",
    modelExample: "qwen/qwen3-8b",
    needsKey: false,
  },
  {
    id: "other",
    title: "Other, OpenAI-compatible",
    type: "openai-compatible",
    alias: "",
    baseUrl: "",
    modelExample: "",
    needsKey: true,
  },
];

export function kindOf(provider: Provider): ProviderKind | undefined {
  const ofType = providerKinds.filter((kind) => kind.type === provider.type);
  return (
    ofType.find((kind) => kind.baseUrl === (provider.baseUrl ?? "")) ??
    ofType.find((kind) => kind.id === "other")
  );
}

/** A name that is still free: `openai`, `openai-2`, … */
export function freeAlias(wanted: string, taken: readonly string[]): string {
  if (wanted === "" || !taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}

/** Says what keeps the address from working, null when nothing does. The daemon has the last word. */
export function urlProblem(text: string): string | null {
  if (text === "") return null;
  if (!URL.canParse(text)) return "This is not a complete address. It begins with http:// or https://.";
  const { protocol } = new URL(text);
  return protocol === "http:" || protocol === "https:"
    ? null
    : "The address must begin with http:// or https://.";
}

export function aliasProblem(text: string, taken: readonly string[]): string | null {
  if (text === "") return null;
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(text)) return "Use lower-case letters, digits, - and _.";
  return taken.includes(text) ? "There is a provider of this name already." : null;
}
