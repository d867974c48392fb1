import { tools } from "./catalogs/tools/contract.ts";
import { diagnostics } from "./diagnostics/contract.ts";
import { permissions } from "./permissions/contract.ts";
import { runs } from "./runs/contract.ts";
import { sessions } from "./sessions/contract.ts";
import { settings } from "./settings/contract.ts";

/** LIST ONE: every area, in start order. HTTP, IPC, pages, events and the API reference follow it. */
export const areas = { settings, sessions, tools, permissions, runs, diagnostics } as const;
export type Areas = typeof areas;
