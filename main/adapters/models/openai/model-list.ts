import type { OpenAI } from "openai";
import { ModelError } from "../../../areas/runs/model.ts";
import type { RemoteModelConfig } from "../model-config.ts";

/** Hosts on which taking the first model costs nobody money. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A server on this machine answers with the first model it has; elsewhere a person has to choose. */
export async function defaultModel(
  client: OpenAI,
  config: RemoteModelConfig,
  signal: AbortSignal,
): Promise<string> {
  if (!LOOPBACK.has(new URL(client.baseURL).hostname)) {
    throw new ModelError(`no model is chosen for the provider "${config.alias}"; name one in the settings`);
  }
  const first = (await listOpenAiModels(client, signal))[0];
  if (first === undefined) throw new ModelError(`the server at ${client.baseURL} has no model loaded`);
  return first;
}

/** Models that can hold a conversation, in the server's order. */
export async function listOpenAiModels(client: OpenAI, signal: AbortSignal): Promise<string[]> {
  const page = await client.models.list({ signal });
  const models: readonly { id: string }[] | undefined = page.data;
  return chatModels((models ?? []).map((model) => model.id));
}

/** Leaves out what cannot hold a conversation. */
export function chatModels(ids: readonly string[]): string[] {
  return ids.filter((id) => !/embed|rerank|whisper|tts/i.test(id));
}
