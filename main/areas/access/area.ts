import type { LooseningPort } from "../../kernel/loosening.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { defineModule } from "../module.ts";
import { keys } from "./commands/keys.ts";
import { access } from "./contract.ts";
import { createIdentify, type Identify, type KnownCredentials } from "./identify.ts";
import { accessMigrations } from "./migrations.ts";
import { createAccessRoutes } from "./routes.ts";
import { createAccessService, type AccessService } from "./service.ts";
import { createAccessStore } from "./store.ts";

export interface AccessNeeds {
  readonly openStreams: OpenStreams;
  readonly loosening: LooseningPort;
  /** What there is besides named keys. */
  readonly credentials: KnownCredentials;
}

export const accessArea = defineModule({
  contract: access,
  migrations: accessMigrations,
  commands: [keys],
  create(context, { openStreams, loosening, credentials }: AccessNeeds) {
    const keyService = createAccessService({ ...context, store: createAccessStore(context.db), openStreams });
    const identify = createIdentify(credentials, keyService.keyOf);
    const service: AccessService & { readonly identify: Identify } = { ...keyService, identify };
    return { service, routes: createAccessRoutes(keyService, loosening) };
  },
});
