import { beforeEach, expect, test } from "vitest";
import { ALL_SCOPES, personAt, type Principal } from "../../contract/principal.ts";
import { createCore, turn, type Core } from "../../testing/core.ts";
import { allow, AT_POPUP, deny, failFor, ledger } from "./testing/ask.ts";

const CHANGE = { act: "change the settings", sentences: ["Agents would be trusted.", "Nobody is asked."] };
const key: Principal = {
  ...personAt("window"),
  kind: "key",
  id: "key_1",
  name: "phone",
  door: "api",
  proof: "token",
};
const owner: Principal = { ...key, kind: "owner", id: "owner", name: "" };
const client: Principal = { ...key, kind: "client", id: "glue", name: "Glue" };

let made: Core;
let applied: number;

beforeEach(() => {
  made = createCore({ rules: { defaultTier: "trusted" } });
  applied = 0;
});

const loosen = (by: Principal) => {
  const done = made.permissions.loosening.loosen(CHANGE, by, () => (applied += 1));
  done.catch(() => {});
  return done;
};
const waiting = async () => {
  await turn();
  const [only, ...more] = made.permissions.pending();
  expect(more).toEqual([]);
  if (only === undefined) throw new Error("nobody was asked");
  return only;
};

test.each([key, owner])("what a $kind does waits for the person, however trusted agents are", async (by) => {
  const done = loosen(by);
  const { id } = await waiting();
  expect(applied).toBe(0);
  const request = made.permissions.get(id);
  expect(request).toMatchObject({
    asker: { kind: by.kind, id: by.id, name: by.name },
    runId: null,
    riskLevel: "high",
    wants: "wants to change the settings",
    presentation: { body: { kind: "call", text: "Agents would be trusted.\nNobody is asked." } },
  });
  expect(request.choices.map(({ scope }) => scope)).toEqual(["once"]);
  made.permissions.decide(id, allow(), AT_POPUP);
  await done;
  expect(applied).toBe(1);
  expect(await ledger(made)).toMatchObject([
    { act: CHANGE.act, outcome: "allowed", decidedBy: { kind: "popup" }, asker: { kind: by.kind } },
  ]);
  expect(made.payloads("permissions.loosened")).toMatchObject([{ ...CHANGE, decidedBy: { kind: "popup" } }]);
});

test("nobody but the person allows it, with whatever rights; who may answer can deny it", async () => {
  const done = loosen(key);
  const { id } = await waiting();
  for (const by of [key, owner, client]) {
    expect(by.scopes).toBe(ALL_SCOPES);
    expect(() => made.permissions.decide(id, allow(), by)).toThrow(
      expect.objectContaining({ code: "permissions.for_person", status: 403 }),
    );
  }
  made.permissions.decide(id, deny("not today"), owner);
  await expect(done).rejects.toMatchObject({
    code: "permissions.not_allowed",
    message: expect.stringContaining("not today") as unknown,
  });
  expect(applied).toBe(0);
  expect(made.payloads("permissions.loosened")).toEqual([]);
});

test("no answer is no", async () => {
  const done = loosen(key);
  await waiting();
  made.clock.advance(600_000);
  await expect(done).rejects.toMatchObject({ code: "permissions.not_allowed" });
  expect(applied).toBe(0);
});

test("what the person does is on record and told, and waits for nobody", async () => {
  await loosen(personAt("window"));
  expect(applied).toBe(1);
  expect(made.permissions.pending()).toEqual([]);
  expect(await ledger(made)).toMatchObject([
    { act: CHANGE.act, outcome: "allowed", decidedBy: { kind: "window" }, permissionId: null },
  ]);
  expect(made.payloads("permissions.loosened")).toHaveLength(1);
});

test("what can't be put on record is not applied", async () => {
  failFor(made, "INSERT ON decisions");
  await expect(loosen(personAt("window"))).rejects.toMatchObject({ code: "permissions.not_allowed" });
  expect(applied).toBe(0);
});

test("a change that fails is not told as done", async () => {
  const done = made.permissions.loosening.loosen(CHANGE, personAt("window"), () => {
    throw new Error("disk full");
  });
  await expect(done).rejects.toThrow("disk full");
  expect(made.payloads("permissions.loosened")).toEqual([]);
});

test("what has happened outside can't be held back, but is on record and told", async () => {
  made.permissions.loosening.note(CHANGE);
  await turn();
  const decidedBy = { kind: "system", name: "settings file" };
  expect(await ledger(made)).toMatchObject([{ act: CHANGE.act, outcome: "allowed", decidedBy }]);
  expect(made.payloads("permissions.loosened")).toMatchObject([{ ...CHANGE, decidedBy }]);
  expect(made.permissions.pending()).toEqual([]);
});
