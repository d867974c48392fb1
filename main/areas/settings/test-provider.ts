import { AppError } from "../../contract/errors.ts";
import { redact } from "../../kernel/redact.ts";
import type { ProviderPort, ResolvedProvider } from "./providers.ts";

export interface ProviderTest {
  readonly ok: boolean;
  readonly message: string;
  readonly tookMs: number;
  readonly models: string[];
}

const MAX_TEST_MS = 20_000;

/** Contract: never rejects; a provider that does not answer is a result. */
export async function testProvider(
  resolve: () => ResolvedProvider,
  models: ProviderPort | undefined,
  apiKeyEnv: string | null,
): Promise<ProviderTest> {
  const startedAt = performance.now();
  const result = (ok: boolean, message: string, names: readonly string[] = []): ProviderTest => ({
    ok,
    message,
    tookMs: Math.round(performance.now() - startedAt),
    models: [...names],
  });
  let apiKey: string | null = null;
  try {
    const provider = resolve();
    apiKey = provider.apiKey;
    if (provider.type === "playbook")
      return result(true, "Built in. It needs no model and runs the calls you write.");
    if (apiKeyEnv !== null && apiKey === null) {
      return result(false, `The environment variable ${apiKeyEnv} is not set where Gatehouse runs.`);
    }
    if (models === undefined) return result(false, "This Gatehouse was started without model clients.");
    const answer = await models.test(provider, AbortSignal.timeout(MAX_TEST_MS));
    return result(true, answer.message, answer.models);
  } catch (error) {
    return result(false, redact(reasonOf(error), apiKey === null ? [] : [apiKey]));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof Error && error.name === "TimeoutError") return "No answer within 20 seconds.";
  return error instanceof Error ? error.message : String(error);
}
