import type { Anthropic } from "@anthropic-ai/sdk";
import { anthropicBaseUrl, type RemoteModelConfig } from "../model-config.ts";
import { NO_TIMEOUT_MS } from "../transport/limits.ts";
import { patientFetch } from "../transport/patient-fetch.ts";

/**
 * The SDK is loaded on first use, so that starting the daemon does not pay for it. A key is always given, if only a
 * stand-in that is not sent: without one the SDK looks for credentials in the environment and the home directory.
 */
export async function connectAnthropic(config: RemoteModelConfig): Promise<Anthropic> {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  const baseURL = anthropicBaseUrl(config.baseUrl);
  const isForeign = new URL(baseURL).hostname !== "api.anthropic.com";
  return new Anthropic({
    apiKey: config.apiKey ?? "none",
    webhookKey: null,
    baseURL,
    ...(config.apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    // Other servers of this interface may know only the older header.
    ...(config.apiKey !== null && isForeign ? { defaultHeaders: { "X-Api-Key": config.apiKey } } : {}),
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    logLevel: "off",
    openTelemetry: false,
    fetch: patientFetch,
  });
}

/** Newest first, as the server lists them. */
export async function listAnthropicModels(client: Anthropic, signal: AbortSignal): Promise<string[]> {
  const page = await client.models.list({ limit: 100 }, { signal });
  return page.data.map((model) => model.id);
}
