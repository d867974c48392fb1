import { permissionMigrations } from "./areas/permissions/migrations.ts";
import { runMigrations } from "./areas/runs/migrations.ts";
import { sessionMigrations } from "./areas/sessions/migrations.ts";
import type { Migration } from "./kernel/database.ts";
import { wordIndexMigrations } from "./kernel/word-index.ts";

/** Every step of the schema, whichever area it belongs to. They are applied in the order of their ids. */
export const migrations: readonly Migration[] = [
  ...wordIndexMigrations,
  ...sessionMigrations,
  ...permissionMigrations,
  ...runMigrations,
];
