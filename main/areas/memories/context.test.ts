import { expect, test } from "vitest";
import type { SessionId } from "../../contract/ids.ts";
import { personAt } from "../../contract/principal.ts";
import { createCore, turn, type CoreOptions } from "../../testing/core.ts";
import { createScriptedModel, says } from "../runs/loop/testing/scripted-model.ts";
import { end, start } from "../runs/testing/start-run.ts";

const PERSON = personAt("window");

async function withMemories(options: CoreOptions = {}) {
  const model = createScriptedModel([says("ok")]);
  const made = createCore({ model, ...options });
  const add = (content: string, pinned = false) =>
    made.memories.add({ content, tags: [], pinned, isSecretMeant: false }, PERSON);
  const tabs = await add("Use tabs.", true);
  const staging = await add("Staging is deployed with `make ship`.");
  await add("The cat is called Mia.");
  const ask = async (text: string) => {
    const run = await end(made, (await start(made, { text })).id);
    await turn();
    return { run, system: model.requests.at(-1)?.system ?? "" };
  };
  return { made, tabs, staging, ask };
}

test("a run is told what is pinned and what has to do with its prompt, and that is on record with why", async () => {
  const { made, tabs, staging, ask } = await withMemories();
  const { run, system } = await ask("deploy this to staging");
  expect(system).toContain('"note":"Use tabs."');
  expect(system).toContain('"note":"Staging is deployed with `make ship`."');
  expect(system).not.toContain("Mia");
  expect(made.memories.given(run.id)).toMatchObject([
    { memoryId: tabs.id, revision: 1, why: { kind: "pinned" }, memory: { content: "Use tabs." } },
    { memoryId: staging.id, why: { kind: "words", words: ["staging", "deploy"] } },
  ]);
  expect(made.payloads("memories.given")).toEqual([{ runId: run.id, memoryIds: [tabs.id, staging.id] }]);
  const { uses, next } = await made.memories.uses(staging.id, 9, undefined);
  expect(uses).toMatchObject([{ runId: run.id, sessionId: "s1" as SessionId }]);
  expect(next).toBeNull();
  made.memories.remove([tabs.id]);
  expect(made.memories.given(run.id)[0]).toMatchObject({ memoryId: tabs.id, memory: null });
});

test("a run that has nothing to do with any is told what is pinned only, and what was deleted nobody is told", async () => {
  const { made, tabs, staging, ask } = await withMemories();
  expect((await ask("hello")).system).not.toContain("make ship");
  made.memories.remove([tabs.id, staging.id]);
  const { run, system } = await ask("deploy this to staging");
  expect(system).toBe("");
  expect(made.memories.given(run.id)).toEqual([]);
});

test("what was kept a moment ago is told to the next run", async () => {
  const { made, ask } = await withMemories();
  await made.memories.add(
    { content: "Parcels leave at noon.", tags: [], pinned: false, isSecretMeant: false },
    PERSON,
  );
  expect((await ask("when do the parcels leave")).system).toContain("Parcels leave at noon.");
});

test.each([{ enabled: false }, { contextTokens: 0 }, { contextTokens: 30 }])(
  "with %j a run is told nothing",
  async (memories) => {
    const { ask } = await withMemories({ settings: { memories } });
    expect((await ask("deploy this to staging")).system).toBe("");
  },
);

test.each(["", '"', "'; DROP TABLE memories; --", "NEAR( AND", "x".repeat(100_000), "\u0000\ud800", "*"])(
  "any prompt will do: %.20j",
  async (prompt) => {
    const { made, ask } = await withMemories();
    expect((await ask(prompt)).run.status).toBe("done");
    expect(made.reported).toEqual([]);
  },
);
