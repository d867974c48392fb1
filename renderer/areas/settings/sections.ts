import type { codingSettings } from "../../../main/areas/catalogs/tools/settings/contract.ts";
import type { memorySettings } from "../../../main/areas/memories/settings/contract.ts";
import type { notificationSettings } from "../../../main/areas/notifications/contract.ts";
import type { permissionSettings } from "../../../main/areas/permissions/settings/contract.ts";
import type { retentionSettings } from "../../../main/areas/retention/contract.ts";
import type { usageSettings } from "../../../main/areas/usage/contract.ts";
import type { settingsContract, SettingsWith } from "../../../main/areas/settings/contract.ts";

/** The sections that pages show. */
type Shown =
  | typeof codingSettings
  | typeof memorySettings
  | typeof notificationSettings
  | typeof permissionSettings
  | typeof usageSettings
  | typeof retentionSettings;

export type SettingsContract = ReturnType<typeof settingsContract<Shown>>;
export type Settings = SettingsWith<Shown>;
