import { contractsOf, type ContractsOf, type RoutesOf, type ServicesOf } from "./module.ts";
import { accessArea } from "./access/area.ts";
import { toolsArea } from "./catalogs/tools/area.ts";
import { diagnosticsArea } from "./diagnostics/area.ts";
import { permissionsArea } from "./permissions/area.ts";
import { runsArea } from "./runs/area.ts";
import { sessionsArea } from "./sessions/area.ts";
import { settingsArea } from "./settings/area.ts";

/**
 * LIST ONE: every area, in start order. The database, HTTP, IPC, events, checks, capabilities, the command line and the
 * API reference follow it.
 */
export const areaModules = [
  accessArea,
  settingsArea,
  sessionsArea,
  toolsArea,
  permissionsArea,
  runsArea,
  diagnosticsArea,
] as const;

type Modules = typeof areaModules;

export const areas = contractsOf(areaModules);
export type Areas = ContractsOf<Modules>;
export type AreaServices = ServicesOf<Modules>;
export type AreaRoutes = RoutesOf<Modules>;
