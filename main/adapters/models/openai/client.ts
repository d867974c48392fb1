import type { OpenAI } from "openai";
import { openAiBaseUrl, type RemoteModelConfig } from "../model-config.ts";
import { patientFetch } from "../transport/patient-fetch.ts";
import { NO_TIMEOUT_MS } from "../transport/limits.ts";

/**
 * The SDK is loaded on first use, so that starting the daemon does not pay for it. Everything it would otherwise take
 * from the environment is given: a key of one provider must never reach another one's server.
 */
export async function connectOpenAi(config: RemoteModelConfig): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    apiKey: config.apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: openAiBaseUrl(config.baseUrl),
    ...(config.apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    logLevel: "off",
    fetch: patientFetch,
  });
}
