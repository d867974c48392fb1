import { areaModules } from "./areas/index.ts";
import type { Migration } from "./kernel/database.ts";
import type { AnyModule } from "./areas/module.ts";
import { changedRowsMigrations } from "./kernel/changed-rows.ts";
import { incidentMigrations } from "./kernel/incidents.ts";
import { wordIndexMigrations } from "./kernel/word-index.ts";

/** Every step of the schema, whichever area it belongs to. They are applied in the order of their ids. */
export const migrations: readonly Migration[] = [
  ...wordIndexMigrations,
  ...incidentMigrations,
  ...changedRowsMigrations,
  ...areaModules.flatMap(({ migrations: steps = [] }: AnyModule) => steps),
];
