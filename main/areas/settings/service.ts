import { realpathSync } from "node:fs";
import { stat } from "node:fs/promises";
import { closest, distance } from "fastest-levenshtein";
import { AppError } from "../../contract/errors.ts";
import { fail } from "../../contract/fail.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import { settings, type Settings } from "./contract.ts";
import { createDiscovery } from "./discovery.ts";
import { parseDuration } from "./duration.ts";
import {
  withChange,
  withoutProvider,
  withProvider,
  type ProviderChange,
  type SettingsChange,
} from "./edits.ts";
import { effectiveSettings, expandHome, type SettingsOverrides } from "./effective.ts";
import { problemsIn, SettingsFileError, type SettingsFile } from "./file.ts";
import type { Environment, ProviderPort, ResolvedProvider } from "./providers.ts";
import { noSecretBox, type SecretBox } from "./secret-box.ts";
import { createSettingsStore } from "./store.ts";
import { testProvider, type ProviderTest } from "./test-provider.ts";
import { watchFile } from "./watch-file.ts";

export interface SettingsService {
  readonly path: string;
  /** What holds now. Cheap; ask again rather than keep it. */
  current(): Settings;
  /** Real path of the folder that tools work in. Throws when there is none. */
  workspace(): string;
  /** How long a request waits for a person, 0 for as long as it takes. */
  permissionTimeoutMs(): number;
  mcpServers(): Readonly<Record<string, unknown>>;
  /** Everything it takes to call a provider, the default one if none is named. */
  resolveProvider(alias?: string): ResolvedProvider;
  change(change: SettingsChange): Promise<Settings>;
  saveProvider(change: ProviderChange): Promise<Settings>;
  removeProvider(alias: string): Promise<Settings>;
  testProvider(alias: string): Promise<ProviderTest>;
  /** Looks for model servers on this machine in the background, unless it has just done so. */
  lookForModels(): void;
  /** Why the file as it stands on disk is not in use, or null. */
  problem(): string | null;
  close(): void;
}

export interface SettingsDeps {
  readonly file: string;
  readonly defaultWorkspace: string;
  readonly overrides?: SettingsOverrides;
  readonly models?: ProviderPort;
  readonly secrets?: SecretBox;
  readonly environment?: Environment;
  readonly clock: Clock;
  readonly publish: Publish<typeof settings>;
  /** Follows edits made by hand. */
  readonly watch: boolean;
  /** Told once per broken edit; the last good settings stay in use. */
  readonly reportProblem: (message: string) => void;
}

/** Contract: throws SettingsFileError, with a message for a person, when the file is broken at the start. */
export function createSettingsService(deps: SettingsDeps): SettingsService {
  const { clock, publish } = deps;
  const secrets = deps.secrets ?? noSecretBox;
  const environment = deps.environment ?? process.env;
  const store = createSettingsStore(deps.file);
  let overrides = deps.overrides ?? {};
  const timeoutFlag = overrides.permissionTimeout;
  if (timeoutFlag !== undefined && parseDuration(timeoutFlag) === null) {
    throw new SettingsFileError(
      `--permission-timeout takes a duration such as 10m or 1h30m, or 0 for no limit, not "${timeoutFlag}"`,
    );
  }
  let { text, file } = store.load();
  let problem: string | null = null;

  const discovery = createDiscovery(deps.models, clock, () => refresh());
  const compute = () =>
    effectiveSettings(file, {
      defaultWorkspace: deps.defaultWorkspace,
      overrides,
      discovered: discovery.found(),
      environment,
    });
  let current = compute();

  const refresh = () => {
    const next = compute();
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
      if (loaded.text !== text || problem !== null) adopt(loaded);
    } catch (error) {
      const message = error instanceof SettingsFileError ? error.message : String(error);
      if (message !== problem) deps.reportProblem(message);
      problem = message;
    }
  };
  const edit = async (change: (file: SettingsFile) => SettingsFile): Promise<Settings> => {
    try {
      adopt(await store.change((before) => checked(change(before))));
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
    permissionTimeoutMs: () => parseDuration(current.permissions.timeout) ?? 0,
    mcpServers: () => file.mcp_servers ?? {},
    resolveProvider,
    async change(change) {
      if (change.defaultProvider !== undefined) find(change.defaultProvider);
      if (change.workspace !== undefined) await requireFolder(change.workspace);
      const before = overrides;
      overrides = {
        ...(change.workspace === undefined &&
          before.workspace !== undefined && { workspace: before.workspace }),
        ...(change.permissions?.timeout === undefined &&
          before.permissionTimeout !== undefined && { permissionTimeout: before.permissionTimeout }),
      };
      try {
        return await edit((now) => withChange(now, change));
      } catch (error) {
        overrides = before;
        throw error;
      }
    },
    saveProvider: (change) => edit((before) => withProvider(before, change, secrets)),
    async removeProvider(alias) {
      if (find(alias).source !== "settings") {
        throw fail(
          settings,
          "invalid",
          `The provider "${alias}" is not in the settings file, so it can't be removed.`,
        );
      }
      return edit((before) => withoutProvider(before, alias));
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

function checked(file: SettingsFile): SettingsFile {
  const problems = problemsIn(file);
  if (problems.length === 0) return file;
  const issues = problems.map(({ words }) => words);
  throw fail(settings, "invalid", `The settings were not changed: ${issues.join("; ")}.`, {
    data: { issues },
  });
}

function refused(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
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

function unknownProvider(alias: string, { providers }: Settings): AppError {
  const known = providers.map((provider) => provider.alias);
  const nearest = closest(alias, known);
  const hint =
    distance(alias, nearest) <= 2 ? `Did you mean "${nearest}"?` : `There are ${known.join(", ")}.`;
  return fail(settings, "unknown_provider", `There is no provider "${alias}". ${hint}`);
}
