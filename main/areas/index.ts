import { contractsOf, sectionsOf, type ContractsOf, type RoutesOf, type ServicesOf } from "./module.ts";
import { accessArea } from "./access/area.ts";
import { asksArea } from "./asks/area.ts";
import { toolsArea } from "./catalogs/tools/area.ts";
import { createEventsArea } from "./events/area.ts";
import { diagnosticsArea } from "./diagnostics/area.ts";
import { memoriesArea } from "./memories/area.ts";
import { notificationsArea } from "./notifications/area.ts";
import { permissionsArea } from "./permissions/area.ts";
import { questionsArea } from "./questions/area.ts";
import { recallArea } from "./recall/area.ts";
import { retentionArea } from "./retention/area.ts";
import { runsArea } from "./runs/area.ts";
import { sessionsArea } from "./sessions/area.ts";
import { storageArea } from "./storage/area.ts";
import { usageArea } from "./usage/area.ts";
import { createSettingsArea } from "./settings/area.ts";

/**
 * LIST ONE: every area, in start order. The database, HTTP, IPC, events, settings, checks, capabilities, the command line
 * and the API reference follow it.
 */
const beforeSettings = [accessArea] as const;
const afterSettings = [
  sessionsArea,
  toolsArea,
  permissionsArea,
  memoriesArea,
  recallArea,
  questionsArea,
  asksArea,
  usageArea,
  runsArea,
  retentionArea,
  storageArea,
  notificationsArea,
  diagnosticsArea,
] as const;

export const settingsSections = sectionsOf([...beforeSettings, ...afterSettings]);
export const settingsArea = createSettingsArea(settingsSections);
const beforeEvents = [...beforeSettings, settingsArea, ...afterSettings] as const;
export const eventsArea = createEventsArea(contractsOf(beforeEvents));
export const areaModules = [...beforeEvents, eventsArea] as const;

type Modules = typeof areaModules;

export const areas = contractsOf(areaModules);
export type Areas = ContractsOf<Modules>;
export type AreaServices = ServicesOf<Modules>;
export type AreaRoutes = RoutesOf<Modules>;
