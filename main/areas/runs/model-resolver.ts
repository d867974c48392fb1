import { AppError } from "../../contract/errors.ts";
import { fail } from "../../contract/fail.ts";
import type { ResolvedProvider } from "../settings/providers.ts";
import { runs } from "./contract.ts";
import type { Model } from "./model.ts";
import type { ResolvedModel } from "./service.ts";

export type CreateModel = (provider: ResolvedProvider) => Model;

/** One client per configuration, so that its connections are kept between runs. */
export function createModelResolver(
  resolveProvider: (alias?: string) => ResolvedProvider,
  createModel: CreateModel,
): (provider: string | undefined, model: string | undefined) => ResolvedModel {
  const clients = new Map<string, { readonly config: string; readonly model: Model }>();
  return (alias, modelName) => {
    const provider = knownProvider(() => resolveProvider(alias));
    const config = JSON.stringify(provider);
    let client = clients.get(provider.alias);
    if (client?.config !== config) {
      client = { config, model: createModel(provider) };
      clients.set(provider.alias, client);
    }
    return { model: client.model, alias: provider.alias, modelName: modelName ?? provider.model ?? "" };
  };
}

/** What is wrong with a setting there is wrong with the run's request here. */
function knownProvider<T>(resolve: () => T): T {
  try {
    return resolve();
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw fail(runs, "unknown_provider", cause.message, { cause });
  }
}
