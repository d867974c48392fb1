import * as z from "zod";
import { defineArea } from "../../contract/define.ts";

export const ProviderType = z.enum(["playbook", "openai-compatible", "anthropic"]);
export type ProviderType = z.infer<typeof ProviderType>;

/** A provider as shown: whether it has a key, never the key itself. */
export const Provider = z.object({
  alias: z.string(),
  type: ProviderType,
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  apiKeyEnv: z.string().nullable(),
  hasKey: z.boolean(),
  /** Built in (playbook), from the settings file, or found running on this machine. */
  source: z.enum(["built_in", "settings", "discovered"]),
  isDefault: z.boolean(),
});
export type Provider = z.infer<typeof Provider>;

export const Tier = z.enum(["prompt", "read_only", "trusted"]);
export type Tier = z.infer<typeof Tier>;

export const PermissionSettings = z.object({
  /** Go duration such as `10m`; `0` waits as long as it takes. */
  timeout: z.string(),
  defaultTier: Tier,
  channels: z.record(z.string(), Tier),
});

export const NotificationSettings = z.object({
  enabled: z.boolean(),
  sound: z.boolean(),
  /** Hides targets and arguments: only who asks and which tool. */
  privacy: z.boolean(),
  /** Local times such as `22:00`; both null is never. */
  quietFrom: z.string().nullable(),
  quietUntil: z.string().nullable(),
  runEnded: z.boolean(),
  /** Shows the popup by itself when a request arrives. */
  popup: z.boolean(),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const Settings = z.object({
  defaultProvider: z.string(),
  providers: z.array(Provider),
  workspace: z.string(),
  coding: z.object({
    enabled: z.boolean(),
    allowOverwrite: z.boolean(),
    allowBinaries: z.array(z.string()),
  }),
  permissions: PermissionSettings,
  notifications: NotificationSettings,
});
export type Settings = z.infer<typeof Settings>;

const Alias = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "may only have lower-case letters, digits, - and _");

export const settings = defineArea({
  name: "settings",
  endpoints: {
    getSettings: {
      method: "GET",
      path: "/settings",
      summary: "All settings. Keys are never shown.",
      pages: ["window", "popup"],
      scope: "read",
      input: z.object({}),
      output: Settings,
    },
    changeSettings: {
      method: "PUT",
      path: "/settings",
      summary: "Changes the sections that are given and leaves the rest alone.",
      pages: ["window"],
      scope: "configure",
      input: z.strictObject({
        defaultProvider: z.string().optional(),
        workspace: z.string().min(1).max(4096).optional(),
        coding: Settings.shape.coding.partial().optional(),
        permissions: PermissionSettings.partial().optional(),
        notifications: NotificationSettings.partial().optional(),
      }),
      output: Settings,
    },
    saveProvider: {
      method: "PUT",
      path: "/settings/providers/:alias",
      summary:
        "Adds or changes a provider. An absent key keeps the one that is stored; an empty one removes it.",
      pages: ["window"],
      scope: "configure",
      input: z.strictObject({
        alias: Alias,
        type: ProviderType,
        baseUrl: z
          .url({ protocol: /^https?$/ })
          .nullable()
          .default(null),
        model: z.string().max(200).nullable().default(null),
        apiKey: z.string().max(4096).optional(),
        apiKeyEnv: z.string().max(200).nullable().default(null),
      }),
      output: Settings,
    },
    removeProvider: {
      method: "DELETE",
      path: "/settings/providers/:alias",
      summary: "Removes a provider from the settings file.",
      pages: ["window"],
      scope: "configure",
      input: z.object({ alias: z.string() }),
      output: Settings,
    },
    testProvider: {
      method: "POST",
      path: "/settings/providers/:alias/test",
      summary: "Asks the provider for one short answer and says how it went.",
      pages: ["window"],
      scope: "configure",
      input: z.object({ alias: z.string() }),
      output: z.object({
        ok: z.boolean(),
        message: z.string(),
        tookMs: z.number(),
        models: z.array(z.string()),
      }),
    },
  },
  events: { changed: Settings },
  eventScopes: { changed: "read" },
  errors: { unknown_provider: 404, unwritable: 500, invalid: 422 },
});
