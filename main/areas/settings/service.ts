import { realpathSync } from "node:fs";
import { stat } from "node:fs/promises";
import { closest, distance } from "fastest-levenshtein";
import { AppError } from "../../contract/errors.ts";
import { fail } from "../../contract/fail.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { SectionValues, SettingsSection } from "../../contract/settings-section.ts";
import { settings } from "./contract.ts";
import { createDiscovery } from "./discovery.ts";
import {
  editsOfChange,
  editsOfProvider,
  editsOfRemoval,
  withoutNamed,
  type ProviderChange,
  type SettingsChange,
} from "./edits.ts";
import { effectiveSettings, expandHome, type CurrentSettings } from "./effective.ts";
import { createSettingsParser, SettingsFileError, type SettingsFile } from "./file.ts";
import type { JsonEdit } from "./json-edits.ts";
import { looseningOf } from "./loosening.ts";
import type { Environment, ProviderPort, ResolvedProvider } from "./providers.ts";
import { noSecretBox, type SecretBox } from "./secret-box.ts";
import { createSettingsStore, UnfitChange } from "./store.ts";
import { testProvider, type ProviderTest } from "./test-provider.ts";
import { watchFile } from "./watch-file.ts";

export interface SettingsService {
  readonly path: string;
  /** What holds now. Cheap; ask again rather than keep it. */
  current(): CurrentSettings;
  /** Real path of the folder that tools work in. Throws when there is none. */
  workspace(): string;
  /** What holds now of one of the sections that were given. */
  section<S extends SettingsSection>(section: S): SectionValues<S>;
  /** Everything it takes to call a provider, the default one if none is named. */
  resolveProvider(alias?: string): ResolvedProvider;
  change(change: SettingsChange): Promise<CurrentSettings>;
  saveProvider(change: ProviderChange): Promise<CurrentSettings>;
  removeProvider(alias: string): Promise<CurrentSettings>;
  /** What such a change would let through that is not let through now, a sentence each. Changes nothing. */
  looseningOf(
    change: { readonly settings: SettingsChange } | { readonly provider: ProviderChange },
  ): string[];
  testProvider(alias: string): Promise<ProviderTest>;
  /** Looks for model servers on this machine in the background, unless it has just done so. */
  lookForModels(): void;
  /** Why the file as it stands on disk is not in use, or null. */
  problem(): string | null;
  close(): void;
}

export interface SettingsDeps {
  readonly file: string;
  /** Of all areas, in the order in which they are shown. */
  readonly sections: readonly SettingsSection[];
  readonly defaultWorkspace: string;
  /** Go before the file until they are changed. */
  readonly overrides?: SettingsChange;
  readonly models?: ProviderPort;
  readonly secrets?: SecretBox;
  readonly environment?: Environment;
  readonly clock: Clock;
  readonly publish: Publish<typeof settings>;
  /** Follows edits made by hand. */
  readonly watch: boolean;
  /** Told once per broken edit; the last good settings stay in use. */
  readonly reportProblem: (message: string) => void;
  /** Told after an edit by hand that lets through more than before. */
  readonly loosenedByHand?: (sentences: readonly string[]) => void;
}

/** Contract: throws SettingsFileError, with a message for a person, when the file is broken at the start. */
export function createSettingsService(deps: SettingsDeps): SettingsService {
  const { clock, publish, sections } = deps;
  const secrets = deps.secrets ?? noSecretBox;
  const environment = deps.environment ?? process.env;
  const store = createSettingsStore(deps.file, createSettingsParser(sections));
  let overrides = deps.overrides ?? {};
  let { text, file } = store.load();
  let problem: string | null = null;

  const discovery = createDiscovery(deps.models, clock, () => refresh());
  const compute = (from: SettingsFile, over: SettingsChange) =>
    effectiveSettings(from, {
      sections,
      defaultWorkspace: deps.defaultWorkspace,
      overrides: over,
      discovered: discovery.found(),
      environment,
    });
  let current = compute(file, overrides);

  const refresh = () => {
    const next = compute(file, overrides);
    if (JSON.stringify(next) === JSON.stringify(current)) return;
    current = next;
    publish("settings.changed", current);
  };
  const adopt = (loaded: { text: string; file: SettingsFile }) => {
    ({ text, file } = loaded);
    problem = null;
    refresh();
  };
  const reload = () => {
    try {
      const loaded = store.load();
      if (loaded.text === text && problem === null) return;
      const before = current;
      adopt(loaded);
      const sentences = looseningOf(sections, before, current);
      if (sentences.length > 0) deps.loosenedByHand?.(sentences);
    } catch (error) {
      const message = error instanceof SettingsFileError ? error.message : String(error);
      if (message !== problem) deps.reportProblem(message);
      problem = message;
    }
  };
  const edit = async (edits: (file: SettingsFile) => JsonEdit[]): Promise<CurrentSettings> => {
    try {
      adopt(await store.change(edits));
    } catch (error) {
      throw refused(error, store.path);
    }
    return current;
  };
  const find = (alias: string) => {
    const provider = current.providers.find((candidate) => candidate.alias === alias);
    if (provider === undefined) throw unknownProvider(alias, current);
    return provider;
  };
  const keyOf = (alias: string): string | null => {
    const saved = file.providers?.find((provider) => provider.alias === alias);
    if (saved?.api_key_env !== undefined) return environment[saved.api_key_env] || null;
    if (saved?.api_key_sealed !== undefined) return open(saved.api_key_sealed, secrets, alias);
    return saved?.api_key ?? null;
  };
  const resolveProvider = (alias?: string): ResolvedProvider => {
    const { type, baseUrl, model, ...provider } = find(alias || current.defaultProvider);
    return { alias: provider.alias, type, baseUrl, model, apiKey: keyOf(provider.alias) };
  };

  const stopWatching = deps.watch ? watchFile(store.path, clock, reload) : () => undefined;

  return {
    path: store.path,
    current: () => current,
    workspace: () => realpathSync.native(current.workspace),
    section<S extends SettingsSection>({ name }: S) {
      if (!sections.some((section) => section.name === name)) throw new Error(`no section ${name}`);
      return current[name] as SectionValues<S>;
    },
    resolveProvider,
    async change(change) {
      if (change.defaultProvider !== undefined) find(change.defaultProvider);
      if (change.workspace !== undefined) await requireFolder(change.workspace);
      const before = overrides;
      overrides = withoutNamed(overrides, change);
      try {
        return await edit(() => editsOfChange(change));
      } catch (error) {
        overrides = before;
        throw error;
      }
    },
    saveProvider: (change) => edit((before) => editsOfProvider(before, change, secrets)),
    async removeProvider(alias) {
      if (find(alias).source !== "settings") {
        throw fail(
          settings,
          "invalid",
          `The provider "${alias}" is not in the settings file, so it can't be removed.`,
        );
      }
      return edit((before) => editsOfRemoval(before, alias));
    },
    looseningOf(change) {
      const edits = (before: SettingsFile) =>
        "settings" in change
          ? editsOfChange(change.settings)
          : editsOfProvider(before, change.provider, secrets);
      try {
        const after = store.preview(edits).file;
        const over = "settings" in change ? withoutNamed(overrides, change.settings) : overrides;
        return looseningOf(sections, current, compute(after, over));
      } catch (error) {
        throw refused(error, store.path);
      }
    },
    async testProvider(alias) {
      return testProvider(() => resolveProvider(alias), deps.models, find(alias).apiKeyEnv);
    },
    lookForModels: discovery.look,
    problem: () => problem,
    close: () => {
      stopWatching();
      discovery.stop();
    },
  };
}

function refused(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof UnfitChange) {
    const { problems } = error;
    return fail(settings, "invalid", `The settings were not changed: ${problems.join("; ")}.`, {
      data: { issues: problems },
      cause: error,
    });
  }
  if (error instanceof SettingsFileError) {
    return fail(settings, "invalid", `Correct the settings file first. ${error.message}`, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return fail(settings, "unwritable", `${path} can't be written: ${reason}`, { cause: error });
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(expandHome(path)).catch(() => null);
  if (found?.isDirectory() !== true) throw fail(settings, "invalid", `There is no folder ${path}.`);
}

function open(sealed: string, secrets: SecretBox, alias: string): string {
  try {
    return secrets.open(sealed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fail(settings, "invalid", `The key of the provider "${alias}" can't be opened: ${reason}`, {
      cause,
    });
  }
}

function unknownProvider(alias: string, { providers }: CurrentSettings): AppError {
  const known = providers.map((provider) => provider.alias);
  const nearest = closest(alias, known);
  const hint =
    distance(alias, nearest) <= 2 ? `Did you mean "${nearest}"?` : `There are ${known.join(", ")}.`;
  return fail(settings, "unknown_provider", `There is no provider "${alias}". ${hint}`);
}
