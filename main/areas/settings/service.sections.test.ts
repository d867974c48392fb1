import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { defineSection } from "../../contract/settings-section.ts";
import { systemClock } from "../../kernel/clock.ts";
import { settingsContract } from "./contract.ts";
import { createSettingsService, type SettingsDeps, type SettingsService } from "./service.ts";

/** Of an area that the settings have never heard of. */
const kitchen = defineSection({
  name: "teaKitchen",
  schema: z
    .object({
      kettleOn: z.boolean().default(false),
      brewFor: z.enum(["short", "long"]).default("short"),
      cups: z.record(z.string(), z.int()).default({}),
    })
    .refine(
      ({ kettleOn, brewFor }) => kettleOn || brewFor === "short",
      "must have kettle_on to brew for long",
    ),
  loosens: (before, after) => (after.kettleOn && !before.kettleOn ? ["The kettle would boil."] : []),
});

let folder: string;
let file: string;
let service: SettingsService;
let byHand: (readonly string[])[];

const start = (deps: Partial<SettingsDeps> = {}) => {
  service = createSettingsService({
    file,
    sections: [kitchen],
    defaultWorkspace: folder,
    environment: {},
    clock: systemClock,
    publish: () => undefined,
    watch: false,
    reportProblem: () => undefined,
    loosenedByHand: (sentences) => byHand.push(sentences),
    ...deps,
  });
  return service;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-sections-"));
  file = join(folder, "settings.json");
  byHand = [];
});
afterEach(() => {
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a section declared elsewhere", () => {
  test("has its defaults, its spelling in the file and its type", async () => {
    start();
    expect(service.section(kitchen)).toEqual({ kettleOn: false, brewFor: "short", cups: {} });
    expectTypeOf(service.section(kitchen).brewFor).toEqualTypeOf<"short" | "long">();
    await service.change({ teaKitchen: { kettleOn: true, cups: { bigOne: 2 } } });
    expect(readFileSync(file, "utf8")).toBe(
      '{\n  "tea_kitchen": {\n    "kettle_on": true,\n    "cups": {\n      "bigOne": 2\n    }\n  }\n}\n',
    );
    expect(service.current()).toMatchObject({
      teaKitchen: { kettleOn: true, brewFor: "short", cups: { bigOne: 2 } },
    });
  });

  test("is checked like every other: keys, values, and several of them together", async () => {
    writeFileSync(file, '{\n  "tea_kitchen": {\n    "ketle_on": true\n  }\n}');
    expect(() => start()).toThrow('line 3: tea_kitchen has no key "ketle_on"; did you mean "kettle_on"?');
    writeFileSync(file, '{\n  "tea_kitchn": {}\n}');
    expect(() => start()).toThrow('line 2: the file has no key "tea_kitchn"; did you mean "tea_kitchen"?');
    writeFileSync(file, '{ "tea_kitchen": { "brew_for": "long" } }');
    expect(() => start()).toThrow("line 1: tea_kitchen must have kettle_on to brew for long");
    writeFileSync(file, "{}");
    start();
    await expect(service.change({ teaKitchen: { brewFor: "ages" } })).rejects.toMatchObject({
      code: "settings.invalid",
      data: { issues: ["tea_kitchen.brew_for must be one of short, long"] },
    });
    await expect(service.change({ teaCellar: { kettleOn: true } })).rejects.toMatchObject({
      code: "settings.invalid",
    });
    expect(readFileSync(file, "utf8")).toBe("{}");
  });

  test("is part of the contract: what is shown is whole, what changes names what it changes", () => {
    start();
    const { getSettings, changeSettings } = settingsContract([kitchen]).endpoints;
    const own = { defaultProvider: "playbook", providers: [], workspace: "/" };
    expect(getSettings.output.safeParse(own).success).toBe(false);
    expect(getSettings.output.safeParse({ ...own, teaKitchen: service.section(kitchen) }).success).toBe(true);
    const parsed = changeSettings.input.parse({ teaKitchen: { kettleOn: true } });
    expect(parsed).toEqual({ teaKitchen: { kettleOn: true } });
    expectTypeOf(parsed.teaKitchen?.kettleOn).toEqualTypeOf<boolean | undefined>();
    for (const change of [
      { teaKitchen: { kettle_on: true } },
      { kitchen: {} },
      { teaKitchen: { cups: 1 } },
    ]) {
      expect(changeSettings.input.safeParse(change).success).toBe(false);
    }
  });

  test("that nobody gave is a mistake of ours", () => {
    start({ sections: [] });
    expect(() => service.section(kitchen)).toThrow("teaKitchen");
  });
});

describe("what loosens", () => {
  test("is said beforehand, and nothing is changed by asking", () => {
    start();
    expect(service.looseningOf({ settings: { teaKitchen: { kettleOn: true } } })).toEqual([
      "The kettle would boil.",
    ]);
    expect(service.looseningOf({ settings: { workspace: "/" } })).toEqual([
      `Agents would work in / instead of ${folder}.`,
    ]);
    const provider = { type: "anthropic", baseUrl: "https://x.example", model: null } as const;
    expect(
      service.looseningOf({ provider: { alias: "a", ...provider, apiKeyEnv: "AWS_SECRET_ACCESS_KEY" } }),
    ).toEqual([
      "What the environment variable AWS_SECRET_ACCESS_KEY holds would be sent to https://x.example.",
    ]);
    expect(() => readFileSync(file)).toThrow("ENOENT");
    expect(service.section(kitchen).kettleOn).toBe(false);
  });

  test("counts what a flag had narrowed", () => {
    start({ overrides: { workspace: join(folder, "inner") } });
    expect(service.looseningOf({ settings: { workspace: folder } })).toHaveLength(1);
  });

  test("is reported when a hand has edited the file", async () => {
    start({ watch: true });
    writeFileSync(file, '{ "tea_kitchen": { "brew_for": "short" } }');
    writeFileSync(file, '{ "tea_kitchen": { "kettle_on": true } }');
    await vi.waitFor(() => expect(byHand).toEqual([["The kettle would boil."]]), 5000);
    await service.change({ teaKitchen: { kettleOn: false } });
    await service.change({ teaKitchen: { kettleOn: true } });
    expect(byHand).toHaveLength(1);
  });
});

test("an edit keeps the comments, the order and the layout of the file", async () => {
  const text = `// Mine.
{
    "workspace": "${tmpdir()}", // everything

    "tea_kitchen": { "kettle_on": true } /* hot */
}
`;
  writeFileSync(file, text);
  start();
  await service.change({ teaKitchen: { kettleOn: false }, workspace: folder });
  expect(readFileSync(file, "utf8")).toBe(
    text.replace(`"${tmpdir()}"`, JSON.stringify(folder)).replace("true", "false"),
  );
});
