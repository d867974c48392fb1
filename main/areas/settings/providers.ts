import type { Provider, ProviderType } from "./contract.ts";
import { PLAYBOOK, type FileProvider, type SettingsFile } from "./file.ts";

/** A model server found running on this machine. */
export interface DiscoveredProvider {
  readonly alias: string;
  readonly type: ProviderType;
  readonly baseUrl: string;
  readonly model: string | null;
}

/** Everything it takes to call a provider, the key included: never leaves the main process. */
export interface ResolvedProvider {
  readonly alias: string;
  readonly type: ProviderType;
  readonly baseUrl: string | null;
  /** Null: the provider's own default. */
  readonly model: string | null;
  readonly apiKey: string | null;
}

/**
 * Port to the model servers.
 *
 * Contract: `test` rejects with a message for a person when the provider gives no answer; `discover` never rejects and
 * looks at this machine only. Both stop when the signal aborts.
 */
export interface ProviderPort {
  test(
    provider: ResolvedProvider,
    signal: AbortSignal,
  ): Promise<{ message: string; models: readonly string[] }>;
  discover(signal: AbortSignal): Promise<readonly DiscoveredProvider[]>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** From the settings file first, then what is built in and what was found; an alias is taken by who names it first. */
export function effectiveProviders(
  file: SettingsFile,
  discovered: readonly DiscoveredProvider[],
  environment: Environment,
): Provider[] {
  const defaultAlias = file.default_provider ?? PLAYBOOK;
  const isFree = (alias: string) => !(file.providers ?? []).some((provider) => provider.alias === alias);
  const unsaved = { apiKeyEnv: null, hasKey: false };
  const fromFile = (file.providers ?? []).map((provider) => ({
    alias: provider.alias,
    type: provider.type,
    baseUrl: provider.base_url ?? null,
    model: provider.model ?? null,
    apiKeyEnv: provider.api_key_env ?? null,
    hasKey: hasKey(provider, environment),
    source: "settings" as const,
  }));
  const builtIn = {
    alias: PLAYBOOK,
    type: "playbook" as const,
    baseUrl: null,
    model: null,
    source: "built_in" as const,
  };
  const found = discovered.map((provider) => ({ ...provider, ...unsaved, source: "discovered" as const }));
  const others = [{ ...builtIn, ...unsaved }, ...found].filter(({ alias }) => isFree(alias));
  return [...others.slice(0, 1), ...fromFile, ...others.slice(1)].map((provider) => ({
    ...provider,
    isDefault: provider.alias === defaultAlias,
  }));
}

function hasKey(provider: FileProvider, environment: Environment): boolean {
  if (provider.api_key_env !== undefined) return Boolean(environment[provider.api_key_env]);
  return provider.api_key !== undefined || provider.api_key_sealed !== undefined;
}
