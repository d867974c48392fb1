import { expect, test } from "vitest";
import type { SessionId } from "../../contract/ids.ts";
import { createCore, type Core } from "../../testing/core.ts";
import { end, start } from "../runs/testing/start-run.ts";
import { createScriptedModel, says } from "../runs/loop/testing/scripted-model.ts";
import type { Session } from "./contract.ts";

const S = "s1" as SessionId;
const core = () => createCore({ model: createScriptedModel(Array.from({ length: 9 }, () => says("yes"))) });

async function runIn(made: Core, session: string, text = session): Promise<void> {
  const { id } = await start(made, { session, text });
  await end(made, id);
  made.clock.advance(1);
}

const idsOf = async (made: Core, filter: object) =>
  (await made.sessions.list({ limit: 9, ...filter })).sessions.map(({ id }) => id);

test("a person's title stays, and is found by", async () => {
  const made = core();
  await runIn(made, "s1", "mend the gate");
  expect(made.sessions.edit(S, { title: "Oiling hinges" })).toMatchObject({
    title: "Oiling hinges",
    tags: [],
  });
  await runIn(made, "s1", "once more");
  expect(made.sessions.get(S).title).toBe("Oiling hinges");
  expect(await idsOf(made, { search: "hinges" })).toEqual([S]);
  expect(await idsOf(made, { search: "mend" })).toEqual([]);
  expect(made.payloads<Session>("sessions.changed").map(({ title }) => title)).toContain("Oiling hinges");
});

test("tags are kept once each, found by, chosen from, and asked for", async () => {
  const made = core();
  for (const name of ["a", "b", "c"]) await runIn(made, name);
  made.sessions.edit("a" as SessionId, { tags: ["release 2", "auth", "auth"] });
  made.sessions.edit("b" as SessionId, { tags: ["auth"] });
  expect(made.sessions.get("a" as SessionId).tags).toEqual(["release 2", "auth"]);
  expect(await made.sessions.tags()).toEqual(["auth", "release 2"]);
  expect(await idsOf(made, { tag: "auth" })).toEqual(["b", "a"]);
  expect(await idsOf(made, { tag: "release 2" })).toEqual(["a"]);
  expect(await idsOf(made, { tag: "release" })).toEqual([]);
  expect(await idsOf(made, { search: "release" })).toEqual(["a"]);
  expect(await idsOf(made, { search: "b", tag: "auth" })).toEqual(["b"]);
  made.sessions.edit("a" as SessionId, { tags: [] });
  expect(await made.sessions.tags()).toEqual(["auth"]);
  expect(await idsOf(made, { search: "release" })).toEqual([]);
});

test("what is archived leaves the list, is in one of its own, and a run brings it back", async () => {
  const made = core();
  for (const name of ["a", "b", "c"]) await runIn(made, name);
  const { sessions, refused } = made.sessions.archive(["a", "b", "gone"] as SessionId[], true);
  expect(sessions.map(({ id, archivedAt }) => [id, archivedAt])).toEqual([
    ["a", made.clock.now()],
    ["b", made.clock.now()],
  ]);
  expect(refused).toMatchObject([{ id: "gone", code: "sessions.not_found" }]);
  expect(await idsOf(made, {})).toEqual(["c"]);
  expect(await idsOf(made, { state: "archived" })).toEqual(["b", "a"]);
  expect(await idsOf(made, { search: "a" })).toEqual([]);
  expect(await idsOf(made, { state: "archived", search: "a" })).toEqual(["a"]);
  await runIn(made, "a");
  made.sessions.archive(["b"] as SessionId[], false);
  expect(await idsOf(made, { state: "archived" })).toEqual([]);
  expect(await idsOf(made, {})).toEqual(["a", "c", "b"]);
});
