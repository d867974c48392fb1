import { expect, test, vi } from "vitest";
import { ALL_SCOPES, type Principal } from "../../contract/principal.ts";
import { createCore } from "../../testing/core.ts";
import { ask, AT_POPUP, failFor, ledger, POPUP, statusOnDisk, type Question } from "./testing/ask.ts";

const named = (questions: readonly Question[]) =>
  questions.map(({ id, asked }) => ({ id, digest: asked[0]?.digest ?? "" }));
const key: Principal = { ...AT_POPUP, kind: "key", name: "bot", door: "api", scopes: ALL_SCOPES };

test("many are answered with one commit, and each asker is told", async () => {
  const made = createCore();
  const questions = [];
  for (const value of ["a", "b", "c"]) questions.push(await ask(made, { value }));
  const durably = vi.spyOn(made.commit, "durably");
  const decided = made.permissions.decideMany(
    { decision: "deny", reason: " Not today. ", requests: named(questions) },
    AT_POPUP,
  );
  expect(durably).toHaveBeenCalledTimes(1);
  expect(decided.settled.map(({ id }) => id)).toEqual(questions.map(({ id }) => id));
  for (const { answer, id } of questions) {
    expect(await answer).toMatchObject({ outcome: "denied", decidedBy: POPUP, reason: "Not today." });
    expect(statusOnDisk(made, id)).toBe("denied");
  }
  expect(await ledger(made)).toHaveLength(3);
  expect(made.permissions.pending()).toEqual([]);
});

test("what can't be answered spoils no other: answered already, named twice, or not what was shown", async () => {
  const made = createCore();
  const [early, shown, changed] = [
    await ask(made, { value: "a" }),
    await ask(made, { value: "b" }),
    await ask(made, { value: "c" }),
  ] as const;
  made.permissions.decide(early.id, { decision: "deny", scope: "once" }, AT_POPUP);
  const requests = named([early, shown, shown]);
  const decided = made.permissions.decideMany(
    { decision: "allow", requests: [...requests, { id: changed.id, digest: "other" }] },
    AT_POPUP,
  );
  expect(decided).toMatchObject({ settled: [{ id: shown.id, status: "allowed", scope: "once" }] });
  expect(decided).toMatchObject({ late: [early.id], failed: [changed.id] });
  expect(made.permissions.pending().map(({ id }) => id)).toEqual([changed.id]);
});

test("what only the person may allow is not allowed among many by somebody else", async () => {
  const made = createCore();
  const change = { act: "let everything through", sentences: ["Everything goes through."] };
  void made.permissions.loosening.loosen(change, key, () => undefined).catch(() => undefined);
  const [waiting] = made.permissions.pending();
  if (waiting === undefined) throw new Error("nobody was asked");
  const { id, digest } = waiting;
  const decided = made.permissions.decideMany({ decision: "allow", requests: [{ id, digest }] }, key);
  expect(decided).toEqual({ settled: [], late: [], failed: [id] });
  expect(made.permissions.pendingCount()).toBe(1);
});

test("one that can't be recorded is not allowed, and the others are", async () => {
  const made = createCore();
  const questions = [await ask(made, { value: "a" }), await ask(made, { value: "bad" })] as const;
  failFor(made, `INSERT ON decisions WHEN new.target_preview = 'bad'`);
  const decided = made.permissions.decideMany({ decision: "allow", requests: named(questions) }, AT_POPUP);
  expect(decided).toMatchObject({ settled: [{ id: questions[0].id }], failed: [questions[1].id] });
  expect((await questions[0].answer).outcome).toBe("allowed");
  expect(await questions[1].answer).toMatchObject({ outcome: "denied", digest: "" });
  expect(statusOnDisk(made, questions[1].id)).toBe("pending");
});
