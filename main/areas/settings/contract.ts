import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import {
  changeSchema,
  valueSchema,
  type ChangeSchema,
  type SettingsSection,
  type ValueSchema,
} from "../../contract/settings-section.ts";

export const ProviderType = z.enum(["playbook", "openai-compatible", "anthropic"]);
export type ProviderType = z.infer<typeof ProviderType>;

/** Where a provider answers. */
export const ProviderAddress = z.url({ protocol: /^https?$/ });
export const ModelName = z.string().max(200);
export const ProviderAlias = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "may only have lower-case letters, digits, - and _");

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

/** What the settings themselves hold. Every other key is a section that an area has declared. */
const ownSettings = z.object({
  defaultProvider: z.string(),
  providers: z.array(Provider),
  workspace: z.string(),
});
export type OwnSettings = z.infer<typeof ownSettings>;

const ownChange = z.strictObject({
  defaultProvider: z.string().optional(),
  workspace: z.string().min(1).max(4096).optional(),
});

/** Sections side by side under their names. */
type SectionShape<S extends SettingsSection> = {
  [Each in S as Each["name"]]: ValueSchema<Each["schema"]>;
};
type SectionChangeShape<S extends SettingsSection> = {
  [Each in S as Each["name"]]: z.ZodOptional<ChangeSchema<Each["schema"]>>;
};

function settingsSchema<S extends SettingsSection>(sections: readonly S[]) {
  const shape = Object.fromEntries(
    sections.map(({ name, schema }) => [name, valueSchema(schema)]),
  ) as SectionShape<S>;
  return z.object({ ...ownSettings.shape, ...shape });
}

function settingsChangeSchema<S extends SettingsSection>(sections: readonly S[]) {
  const shape = Object.fromEntries(
    sections.map(({ name, schema }) => [name, changeSchema(schema).optional()]),
  ) as SectionChangeShape<S>;
  return z.strictObject({ ...ownChange.shape, ...shape });
}

/** The settings with the sections of all areas: the one description of what a page, a client and the file may say. */
export function settingsContract<S extends SettingsSection>(sections: readonly S[]) {
  const Settings = settingsSchema(sections);
  return defineArea({
    name: "settings",
    nouns: { Settings, Provider },
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
        input: settingsChangeSchema(sections),
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
          alias: ProviderAlias,
          type: ProviderType,
          baseUrl: ProviderAddress.nullable().default(null),
          model: ModelName.nullable().default(null),
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
    errors: { unknown_provider: 404, unwritable: 500, invalid: 422, changed: 409 },
  });
}

/** Without any section: what this area refuses, and what its own code says about itself. */
export const settings = settingsContract([]);

/** All settings as they are shown, with these sections. */
export type SettingsWith<S extends SettingsSection> = z.output<
  ReturnType<typeof settingsContract<S>>["endpoints"]["getSettings"]["output"]
>;
