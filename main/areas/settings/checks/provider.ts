import { AppError } from "../../../contract/errors.ts";
import type { SettingsService } from "../service.ts";
import { failed, ok, warning, type Check, type Finding } from "../../../kernel/check.ts";

/** Says whether the default provider's server can be reached. Asks it nothing, so it costs nothing. */
export function createProviderCheck(settings: SettingsService): Check {
  return {
    name: "provider",
    title: "Model provider",
    async run(signal) {
      const { defaultProvider, providers } = settings.current();
      try {
        const { type, baseUrl } = settings.resolveProvider();
        if (type === "playbook")
          return ok("No model is configured; the playbook runs the calls that you write.");
        const shown = providers.find(({ alias }) => alias === defaultProvider);
        if (shown?.apiKeyEnv && !shown.hasKey) {
          return failed(
            `"${defaultProvider}" takes its key from ${shown.apiKeyEnv}, which is not set.`,
            `Set ${shown.apiKeyEnv} where Gatehouse is started, or enter the key in the settings.`,
          );
        }
        const address =
          baseUrl ?? (type === "anthropic" ? "https://api.anthropic.com" : "https://api.openai.com");
        return await reach(defaultProvider, new URL(address).origin, signal);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return failed(error.message, "Choose another default provider in the settings.");
      }
    },
  };
}

async function reach(alias: string, origin: string, signal: AbortSignal): Promise<Finding> {
  try {
    const answer = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(3000)]),
    });
    await answer.body?.cancel();
    return ok(`"${alias}" answers at ${origin}.`);
  } catch {
    return warning(
      `"${alias}" does not answer at ${origin}.`,
      "Start that server, or check the network and the address.",
    );
  }
}
