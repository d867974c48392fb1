import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { codingSettings } from "../catalogs/tools/settings/contract.ts";
import { settingsSections } from "../index.ts";
import { permissionSettings } from "../permissions/settings/contract.ts";
import type { CurrentSettings } from "./effective.ts";
import type { ProviderPort } from "./providers.ts";
import type { SecretBox } from "./secret-box.ts";
import { createSettingsService, type SettingsDeps, type SettingsService } from "./service.ts";

let folder: string;
let file: string;
let published: CurrentSettings[];
let problems: string[];
const open: SettingsService[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-settings-"));
  file = join(folder, "settings.json");
  published = [];
  problems = [];
});

afterEach(() => {
  for (const service of open.splice(0)) service.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(deps: Partial<SettingsDeps> = {}): SettingsService {
  const service = createSettingsService({
    file,
    sections: settingsSections,
    defaultWorkspace: folder,
    environment: {},
    clock: systemClock,
    publish: (_type, payload) => published.push(payload),
    watch: false,
    reportProblem: (message) => problems.push(message),
    ...deps,
  });
  open.push(service);
  return service;
}

const write = (value: unknown) =>
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
const onDisk = () => JSON.parse(readFileSync(file, "utf8")) as unknown;
const saved = {
  type: "openai-compatible",
  baseUrl: "https://api.example.org/v1",
  model: null,
  apiKeyEnv: null,
} as const;

const box: SecretBox = {
  available: true,
  seal: (text) => Buffer.from(text).toString("base64"),
  open: (sealed) => Buffer.from(sealed, "base64").toString(),
};

describe("without a file", () => {
  test("the defaults hold and nothing is written", () => {
    const settings = start().current();
    expect(settings).toMatchObject({
      defaultProvider: "playbook",
      workspace: folder,
      coding: { enabled: true, allowOverwrite: false, allowBinaries: [] },
      permissions: { timeout: "10m", defaultTier: "prompt", channels: {} },
    });
    expect(settings.providers).toEqual([
      expect.objectContaining({ alias: "playbook", source: "built_in", isDefault: true, hasKey: false }),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("flags go before the defaults and the file until they are changed", async () => {
    write({ workspace: "/somewhere", permissions: { timeout: "1h", default_tier: "read_only" } });
    const service = start({ overrides: { workspace: "/flag", permissions: { timeout: "5s" } } });
    expect(service.current().workspace).toBe("/flag");
    expect(service.section(permissionSettings)).toEqual({
      timeout: "5s",
      defaultTier: "read_only",
      channels: {},
    });
    await service.change({ permissions: { timeout: "0" } });
    expect(service.section(permissionSettings).timeout).toBe("0");
    expect(service.current().workspace).toBe("/flag");
  });
});

test("a broken file keeps the daemon from starting and says where", () => {
  write('{\n  "workspce": "/x"\n}');
  expect(() => start()).toThrow(
    `${file} can't be used.\nline 2: the file has no key "workspce"; did you mean "workspace"?`,
  );
});

describe("changes", () => {
  test("touch only what they name, keep the order of keys, and are private", async () => {
    write({
      mcp_servers: { a: { command: "x" } },
      coding: { allow_binaries: ["git"], enabled: true },
      default_provider: "playbook",
    });
    const service = start();
    await service.change({
      coding: { enabled: false },
      notifications: { quietFrom: "22:00", quietUntil: "07:00" },
    });
    expect(onDisk()).toEqual({
      mcp_servers: { a: { command: "x" } },
      coding: { allow_binaries: ["git"], enabled: false },
      default_provider: "playbook",
      notifications: { quiet_from: "22:00", quiet_until: "07:00" },
    });
    expect(Object.keys(onDisk() as object)[0]).toBe("mcp_servers");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["settings.json"]);
    expect(published).toMatchObject([{ coding: { enabled: false } }]);
  });

  test("made at the same time all arrive", async () => {
    const service = start();
    await Promise.all([
      service.change({ coding: { enabled: false } }),
      service.change({ permissions: { defaultTier: "trusted" } }),
      service.saveProvider({ alias: "a", ...saved }),
    ]);
    expect(onDisk()).toMatchObject({ coding: { enabled: false }, permissions: { default_tier: "trusted" } });
    expect(service.current().providers.map(({ alias }) => alias)).toEqual(["playbook", "a"]);
  });

  test("that make no sense are refused and change nothing", async () => {
    const service = start();
    const invalid = expect.objectContaining({ code: "settings.invalid", status: 422 }) as unknown;
    await expect(service.change({ permissions: { timeout: "soon" } })).rejects.toEqual(invalid);
    await expect(service.change({ workspace: join(folder, "missing") })).rejects.toEqual(invalid);
    await expect(service.change({ workspace: "relative" })).rejects.toEqual(invalid);
    await expect(service.change({ notifications: { quietFrom: "22:00" } })).rejects.toEqual(invalid);
    await expect(service.change({ defaultProvider: "playbok" })).rejects.toMatchObject({
      code: "settings.unknown_provider",
      message: 'There is no provider "playbok". Did you mean "playbook"?',
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(published).toEqual([]);
  });

  test("are refused while the file is broken, so that nobody's edit is lost", async () => {
    const service = start();
    write("{ half an edit");
    await expect(service.change({ coding: { enabled: false } })).rejects.toMatchObject({
      code: "settings.invalid",
    });
    expect(readFileSync(file, "utf8")).toBe("{ half an edit");
  });

  test("say when the file can't be written", async () => {
    const service = start({ file: join(folder, "gone", "settings.json") });
    await expect(service.change({ coding: { enabled: false } })).rejects.toMatchObject({
      code: "settings.unwritable",
      status: 500,
    });
    expect(service.section(codingSettings).enabled).toBe(true);
  });

  test("keep a link in place of the file a link", async () => {
    const real = join(folder, "dotfiles.json");
    writeFileSync(real, "{}");
    symlinkSync(real, file);
    await start().change({ coding: { enabled: false } });
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(real, "utf8"))).toEqual({ coding: { enabled: false } });
  });

  test("expand ~", async () => {
    const service = start();
    await service.change({ workspace: "~" });
    expect(service.current().workspace).toBe(homedir());
  });
});

describe("keys of providers", () => {
  test("are never shown, are kept, replaced and removed", async () => {
    const service = start();
    await service.saveProvider({ alias: "a", ...saved, apiKey: "sk-one" });
    expect(JSON.stringify(service.current())).not.toContain("sk-one");
    expect(service.resolveProvider("a").apiKey).toBe("sk-one");
    await service.saveProvider({ alias: "a", ...saved, model: "m" });
    expect(service.resolveProvider("a")).toEqual({
      alias: "a",
      type: "openai-compatible",
      baseUrl: "https://api.example.org/v1",
      model: "m",
      apiKey: "sk-one",
    });
    await service.saveProvider({ alias: "a", ...saved, apiKey: "" });
    expect(service.resolveProvider("a").apiKey).toBeNull();
    expect(service.current().providers.at(-1)?.hasKey).toBe(false);
  });

  test("do not follow to another server", async () => {
    const service = start();
    await service.saveProvider({ alias: "a", ...saved, apiKey: "sk-one" });
    const elsewhere = { alias: "a", ...saved, baseUrl: "https://evil.example.net/v1" };
    await expect(service.saveProvider(elsewhere)).rejects.toMatchObject({ code: "settings.invalid" });
    await service.saveProvider({ alias: "a", ...saved, baseUrl: "https://api.example.org/v2" });
    expect(service.resolveProvider("a").apiKey).toBe("sk-one");
  });

  test("are sealed where there is a key store, and unreadable without it", async () => {
    const service = start({ secrets: box });
    await service.saveProvider({ alias: "a", ...saved, apiKey: "sk-one" });
    expect(readFileSync(file, "utf8")).not.toContain("sk-one");
    expect(service.resolveProvider("a").apiKey).toBe("sk-one");
    const headless = start();
    expect(headless.current().providers.at(-1)?.hasKey).toBe(true);
    expect(() => headless.resolveProvider("a")).toThrow("Enter it again");
    expect(await headless.testProvider("a")).toMatchObject({ ok: false });
  });

  test("come from the environment when a variable is named", async () => {
    const service = start({ environment: { MY_KEY: "from-env", EMPTY: "" } });
    await service.saveProvider({ alias: "a", ...saved, apiKeyEnv: "MY_KEY" });
    await service.saveProvider({ alias: "b", ...saved, apiKeyEnv: "EMPTY" });
    expect(service.resolveProvider("a").apiKey).toBe("from-env");
    expect(service.resolveProvider("b").apiKey).toBeNull();
    expect(service.current().providers.map(({ hasKey }) => hasKey)).toEqual([false, true, false]);
    expect((await service.testProvider("b")).message).toContain("EMPTY is not set");
  });
});

describe("providers", () => {
  test("removing the default falls back to the playbook; what is not in the file can't be removed", async () => {
    const service = start();
    await service.saveProvider({ alias: "a", ...saved });
    await service.change({ defaultProvider: "a" });
    expect(service.resolveProvider().alias).toBe("a");
    expect((await service.removeProvider("a")).defaultProvider).toBe("playbook");
    await expect(service.removeProvider("playbook")).rejects.toMatchObject({ code: "settings.invalid" });
    await expect(service.removeProvider("a")).rejects.toMatchObject({ code: "settings.unknown_provider" });
  });

  test("found on this machine appear by themselves unless the file has that alias", async () => {
    const models: ProviderPort = {
      discover: async () => [
        { alias: "ollama", type: "openai-compatible", baseUrl: "http://127.0.0.1:11434/v1", model: "q" },
      ],
      test: async () => ({ message: "fine", models: ["q"] }),
    };
    const service = start({ models });
    service.lookForModels();
    await vi.waitFor(() => expect(published).toHaveLength(1));
    expect(service.resolveProvider("ollama")).toMatchObject({
      baseUrl: "http://127.0.0.1:11434/v1",
      apiKey: null,
    });
    await service.saveProvider({ alias: "ollama", ...saved });
    expect(service.resolveProvider("ollama").baseUrl).toBe("https://api.example.org/v1");
    expect(await service.testProvider("ollama")).toMatchObject({ ok: true, message: "fine", models: ["q"] });
  });

  test("a failing test says why without the key", async () => {
    const models: ProviderPort = {
      discover: async () => [],
      test: ({ apiKey }) => Promise.reject(new Error(`401: ${apiKey ?? ""} is not valid`)),
    };
    const service = start({ models });
    await service.saveProvider({ alias: "a", ...saved, apiKey: "opaque" });
    expect(await service.testProvider("a")).toMatchObject({
      ok: false,
      message: "401: [hidden] is not valid",
      models: [],
    });
  });
});

describe("edits by hand", () => {
  test("are picked up; a broken one is reported once and keeps the last good settings", async () => {
    write({ permissions: { timeout: "1m" } });
    const service = start({ watch: true });
    write({ permissions: { timeout: "2m" } });
    await vi.waitFor(() => expect(service.section(permissionSettings).timeout).toBe("2m"), 5000);

    write('{ "permissions": { "timeout": "3 m" } }');
    await vi.waitFor(() => expect(service.problem()).toContain("line 1: permissions.timeout"), 5000);
    expect(service.section(permissionSettings).timeout).toBe("2m");
    expect(problems).toHaveLength(1);

    write({ permissions: { timeout: "2m" } });
    await vi.waitFor(() => expect(service.problem()).toBeNull(), 5000);
    expect(published).toHaveLength(1);
  });

  test("a file that appears later is seen", async () => {
    const service = start({ watch: true });
    write({ coding: { enabled: false } });
    await vi.waitFor(() => expect(service.section(codingSettings).enabled).toBe(false), 5000);
  });
});
