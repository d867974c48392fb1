import type { ProviderPort } from "../../areas/settings/providers.ts";
import { discoverLocalModels } from "./discovery.ts";
import { testModel } from "./probe.ts";

/** What the settings know of providers beyond their configuration. */
export const providerPort: ProviderPort = {
  async test(provider, signal) {
    const { ok, message, models } = await testModel(provider, { signal });
    if (!ok) throw new Error(message);
    return { message, models };
  },
  async discover(signal) {
    const found = await discoverLocalModels({ signal });
    return found.map(({ alias, baseUrl, models }) => ({
      alias,
      type: "openai-compatible" as const,
      baseUrl,
      model: models[0] ?? null,
    }));
  },
};
