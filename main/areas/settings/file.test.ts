import { describe, expect, test } from "vitest";
import { settingsSections } from "../index.ts";
import { createSettingsParser, SettingsFileError } from "./file.ts";

const parseSettingsFile = createSettingsParser(settingsSections);

const problemsOf = (text: string): string => {
  try {
    parseSettingsFile(text);
  } catch (error) {
    if (error instanceof SettingsFileError) return error.message;
    throw error;
  }
  return "none";
};

const write = (value: unknown) => JSON.stringify(value, null, 2);

describe("parseSettingsFile", () => {
  test("takes everything the design names, and an empty file", () => {
    const full = {
      default_provider: "local",
      providers: [
        { alias: "local", type: "openai-compatible", base_url: "http://127.0.0.1:11434/v1", model: "qwen3" },
        { alias: "claude", type: "anthropic", api_key_env: "ANTHROPIC_API_KEY" },
        { alias: "words", type: "playbook" },
      ],
      workspace: "~/code",
      coding: { enabled: true, allow_overwrite: false, allow_binaries: ["git", "npm"] },
      permissions: { timeout: "1h30m", default_tier: "read_only", channels: { "telegram:42": "trusted" } },
      notifications: {
        enabled: true,
        quiet_from: "22:00",
        quiet_until: "07:30",
        run_ended: false,
        popup: true,
      },
      mcp_servers: { files: { command: "mcp-files", args: ["--root", "."] } },
    };
    expect(parseSettingsFile(write(full))).toEqual(full);
    expect(parseSettingsFile("")).toEqual({});
    expect(parseSettingsFile(" \n")).toEqual({});
  });

  test("names the line and the nearest known key for an unknown one, at every depth", () => {
    expect(problemsOf('{\n  "provders": []\n}')).toBe(
      'line 2: the file has no key "provders"; did you mean "providers"?',
    );
    expect(problemsOf('{\n  "coding": {\n    "allowOverwrite": true\n  }\n}')).toBe(
      'line 3: coding has no key "allowOverwrite"; did you mean "allow_overwrite"?',
    );
    expect(problemsOf(write({ providers: [{ alias: "a", type: "playbook", "api-key": "x" }] }))).toBe(
      'line 6: providers[0] has no key "api-key"; did you mean "api_key"?',
    );
    expect(problemsOf('{ "zzzzzzzz": 1 }')).toContain("known are default_provider, providers, workspace");
  });

  test.each([
    [
      { permissions: { timeout: "10 minutes" } },
      "line 3: permissions.timeout must be a duration such as 10m",
    ],
    [{ permissions: { timeout: 10 } }, "line 3: permissions.timeout must be a text"],
    [
      { permissions: { default_tier: "all" } },
      "permissions.default_tier must be one of prompt, read_only, trusted",
    ],
    [{ permissions: { channels: { cli: "root" } } }, "permissions.channels.cli must be one of"],
    [{ workspace: "code" }, "workspace must be a full path, or begin with ~"],
    [{ providers: [{ type: "anthropic" }] }, "providers[0].alias is missing"],
    [
      { providers: [{ alias: "My Model", type: "anthropic" }] },
      "providers[0].alias may only have lower-case letters",
    ],
    [
      { providers: [{ alias: "a", type: "gemini" }] },
      "providers[0].type must be one of playbook, openai-compatible",
    ],
    [
      { providers: [{ alias: "a", type: "anthropic", base_url: "file:///etc" }] },
      "base_url must be a web address",
    ],
    [
      { providers: [{ alias: "a", type: "anthropic", api_key: "k", api_key_env: "K" }] },
      "name its key only once",
    ],
    [
      {
        providers: [
          { alias: "a", type: "playbook" },
          { alias: "a", type: "playbook" },
        ],
      },
      "providers must not name one alias twice",
    ],
    [{ notifications: { quiet_from: "22:00" } }, "must have both quiet_from and quiet_until, or neither"],
    [
      { notifications: { quiet_from: "24:00", quiet_until: "07:00" } },
      "notifications.quiet_from must be a time",
    ],
    [{ coding: { allow_binaries: "git" } }, "coding.allow_binaries must be a list"],
    [[], "the file must be an object"],
    [null, "the file must be an object"],
  ])("%j is refused", (value, problem) => expect(problemsOf(write(value))).toContain(problem));

  test("takes comments, and names the right line among them", () => {
    expect(parseSettingsFile('// mine\n{ "coding": { /* off */ "enabled": false } }\n')).toEqual({
      coding: { enabled: false },
    });
    expect(problemsOf('// mine\n{\n  /* two\n  lines */ "codin": {}\n}')).toBe(
      'line 4: the file has no key "codin"; did you mean "coding"?',
    );
  });

  test("a syntax error names line and column, all other problems are listed together", () => {
    expect(problemsOf('{\n  "workspace": "/x",\n}')).toBe(
      'line 3, column 1: expected a key in double quotes, not "}"',
    );
    expect(problemsOf('{"workspace": 1,\n"coding": 2}').split("\n")).toEqual([
      "line 1: workspace must be a text",
      "line 2: coding must be an object",
    ]);
  });

  test("never repeats a key's value", () => {
    expect(problemsOf(write({ providers: [{ alias: "a", type: "x", api_key: "sk-secret" }] }))).not.toContain(
      "sk-secret",
    );
  });
});
