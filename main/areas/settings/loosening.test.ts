import { describe, expect, test } from "vitest";
import { codingSettings, type CodingSettings } from "../catalogs/tools/settings/contract.ts";
import { permissionSettings, type PermissionSettings } from "../permissions/settings/contract.ts";
import { notificationSettings, type NotificationSettings } from "../notifications/contract.ts";
import type { OwnSettings, Provider } from "./contract.ts";
import { looseningOf } from "./loosening.ts";

describe("permissions", () => {
  const ask: PermissionSettings = { timeout: "10m", defaultTier: "prompt", channels: {} };
  const loosened = (before: Partial<PermissionSettings>, after: Partial<PermissionSettings>) =>
    permissionSettings.loosens?.({ ...ask, ...before }, { ...ask, ...after });
  const everyone = "Every command of clients without a rule of their own would run without asking.";
  const telegram = "Every command of telegram clients would run without asking.";

  test.each<[Partial<PermissionSettings>, Partial<PermissionSettings>, string[]]>([
    [{}, {}, []],
    [{}, { timeout: "0" }, []],
    [{}, { defaultTier: "read_only" }, []],
    [{}, { defaultTier: "trusted" }, [everyone]],
    [{ defaultTier: "trusted" }, {}, []],
    [
      { defaultTier: "read_only" },
      {},
      ["Commands of clients without a rule of their own would ask you instead of being refused."],
    ],
    [{}, { channels: { telegram: "trusted" } }, [telegram]],
    [{}, { channels: { telegram: "read_only" } }, []],
    [{ channels: { telegram: "trusted" } }, {}, []],
    [{ channels: { telegram: "trusted" } }, { channels: { telegram: "prompt" } }, []],
    // A rule that goes, or gets another spelling, or stands beside a stricter one.
    [
      { channels: { telegram: "read_only" } },
      {},
      ["Commands of telegram clients would ask you instead of being refused."],
    ],
    [{ defaultTier: "trusted", channels: { telegram: "prompt" } }, { defaultTier: "trusted" }, [telegram]],
    [{ channels: { telegram: "prompt" } }, { channels: { " Telegram ": "trusted" } }, [telegram]],
    [{}, { channels: { telegram: "trusted", Telegram: "prompt" } }, []],
    [
      { channels: { telegram: "trusted", Telegram: "prompt" } },
      { channels: { telegram: "trusted" } },
      [telegram],
    ],
    [{ channels: { cli: "prompt" } }, { defaultTier: "trusted", channels: { cli: "prompt" } }, [everyone]],
  ])("%j to %j", (before, after, sentences) => expect(loosened(before, after)).toEqual(sentences));
});

describe("coding", () => {
  const narrow: CodingSettings = { enabled: true, allowOverwrite: false, allowBinaries: ["git"] };
  test.each<[Partial<CodingSettings>, Partial<CodingSettings>, string[]]>([
    [{}, { allowOverwrite: true }, ["Agents could replace whole files that are already there."]],
    [{ allowOverwrite: true }, {}, []],
    [{}, { allowBinaries: ["git", "npm", "make"] }, ["Agents could ask to run npm, make."]],
    [{}, { allowBinaries: [] }, []],
    [{ enabled: false }, {}, ["Agents could use the coding tools."]],
    [{}, { enabled: false }, []],
  ])("%j to %j", (before, after, sentences) =>
    expect(codingSettings.loosens?.({ ...narrow, ...before }, { ...narrow, ...after })).toEqual(sentences),
  );
});

describe("workspace and providers", () => {
  const own: OwnSettings = { defaultProvider: "playbook", providers: [], workspace: "/code/app" };
  const provider: Provider = {
    alias: "a",
    type: "openai-compatible",
    baseUrl: "https://api.example.org/v1",
    model: null,
    apiKeyEnv: null,
    hasKey: false,
    source: "settings",
    isDefault: false,
  };
  const loosened = (before: Partial<OwnSettings>, after: Partial<OwnSettings>) =>
    looseningOf([], { ...own, ...before }, { ...own, ...after });
  const ofProvider = (before: Partial<Provider> | null, after: Partial<Provider> | null) =>
    loosened(
      { providers: before === null ? [] : [{ ...provider, ...before }] },
      { providers: after === null ? [] : [{ ...provider, ...after }] },
    );

  test.each([
    ["/code/app", []],
    ["/code/app/inner", []],
    ["/code/app/..inner", []],
    ["/code", ["Agents would work in /code instead of /code/app."]],
    ["/code/application", ["Agents would work in /code/application instead of /code/app."]],
    ["/", ["Agents would work in / instead of /code/app."]],
  ])("workspace %s", (workspace, sentences) => expect(loosened({}, { workspace })).toEqual(sentences));

  const key = (server: string) => [`The key of the provider "a" would be sent to ${server}.`];
  const variable = (name: string, server: string) => [
    `What the environment variable ${name} holds would be sent to ${server}.`,
  ];
  const words = (server: string) => [`What agents are told and read could be sent to ${server}.`];
  const elsewhere = "https://evil.example.net/v1";
  test.each<[string, Partial<Provider> | null, Partial<Provider> | null, string[]]>([
    ["a key whose address changes", { hasKey: true }, { hasKey: true, baseUrl: elsewhere }, key(elsewhere)],
    [
      "a key that goes to another kind of server",
      { hasKey: true, baseUrl: null },
      { hasKey: true, baseUrl: null, type: "anthropic" },
      key("the servers of anthropic"),
    ],
    ["an address without a key", {}, { baseUrl: elsewhere }, words(elsewhere)],
    ["a key that comes", {}, { hasKey: true }, []],
    ["a new provider with a key of its own", null, { hasKey: true }, words("https://api.example.org/v1")],
    ["a new provider without any", null, { baseUrl: elsewhere }, words(elsewhere)],
    ["one that was found on this machine", null, { source: "discovered" }, []],
    ["the built-in one", null, { type: "playbook", baseUrl: null }, []],
    ["a provider that goes", { hasKey: true }, null, []],
    ["a new model", { hasKey: true }, { hasKey: true, model: "m" }, []],
    [
      "a variable on a new provider, set or not",
      null,
      { apiKeyEnv: "AWS_KEY", baseUrl: elsewhere },
      variable("AWS_KEY", elsewhere),
    ],
    ["another variable", { apiKeyEnv: "A" }, { apiKeyEnv: "B" }, variable("B", "https://api.example.org/v1")],
    [
      "a variable whose address changes",
      { apiKeyEnv: "A" },
      { apiKeyEnv: "A", baseUrl: elsewhere },
      variable("A", elsewhere),
    ],
    ["a variable that stays", { apiKeyEnv: "A" }, { apiKeyEnv: "A", hasKey: true, model: "m" }, []],
    ["a variable that goes", { apiKeyEnv: "A" }, {}, []],
  ])("%s", (_name, before, after, sentences) => expect(ofProvider(before, after)).toEqual(sentences));

  test("another default provider, unless it sends nothing anywhere", () => {
    const providers: Provider[] = [provider, { ...provider, alias: "playbook", type: "playbook" }];
    const to = (from: string, defaultProvider: string) =>
      loosened({ providers, defaultProvider: from }, { providers, defaultProvider });
    expect(to("playbook", "a")).toEqual(['What agents are told and read would be sent to the provider "a".']);
    expect(to("a", "playbook")).toEqual([]);
    expect(to("a", "a")).toEqual([]);
  });
});

describe("notifications", () => {
  const told = notificationSettings.schema.parse({});
  test.each<[Partial<NotificationSettings>, Partial<NotificationSettings>, number]>([
    [{}, { enabled: false }, 1],
    [{}, { popup: false }, 1],
    [{}, { enabled: false, popup: false }, 2],
    [{}, { quietFrom: "22:00", quietUntil: "07:00" }, 1],
    [{ quietFrom: "22:00", quietUntil: "07:00" }, { quietFrom: "22:00", quietUntil: "21:59" }, 1],
    [{ quietFrom: "22:00", quietUntil: "07:00" }, {}, 0],
    [{ enabled: false, popup: false }, {}, 0],
    [{}, { sound: true, privacy: true, runEnded: true }, 0],
  ])("%j to %j", (before, after, count) =>
    expect(notificationSettings.loosens?.({ ...told, ...before }, { ...told, ...after })).toHaveLength(count),
  );
});
