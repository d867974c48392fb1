import { expect, test } from "vitest";
import { personAt, type Principal } from "../../contract/principal.ts";
import { createCore, turn } from "../../testing/core.ts";
import { UNDO_MS } from "./held-denials.ts";
import { allow, ask, AT_POPUP, deny, ledger, POPUP, statusOnDisk } from "./testing/ask.ts";

const OWNER: Principal = { ...AT_POPUP, kind: "owner", id: "owner", door: "api", proof: "token" };
const undoable = (reason?: string) => ({ ...deny(reason), undoable: true });

async function denied() {
  const made = createCore();
  const question = await ask(made);
  let heard = false;
  void question.answer.then(() => (heard = true));
  const summary = made.permissions.decide(question.id, undoable("Not here."), AT_POPUP);
  await turn();
  return { made, question, summary, hasHeard: () => heard };
}

test("whoever asked hears nothing for a few seconds; those who answer see it gone at once", async () => {
  const { made, question, summary, hasHeard } = await denied();
  expect(summary).toMatchObject({ status: "denied", decidedBy: POPUP, reason: "Not here." });
  expect(made.payloads("permissions.denying")).toMatchObject([{ request: { id: question.id } }]);
  expect(made.permissions.pending()).toEqual([]);
  expect(made.permissions.pendingCount()).toBe(0);
  expect(made.permissions.get(question.id)).toMatchObject({
    status: "pending",
    decidedBy: null,
    reason: null,
  });
  made.clock.advance(UNDO_MS - 1);
  await turn();
  expect([hasHeard(), await ledger(made)]).toEqual([false, []]);
  made.clock.advance(1);
  expect(await question.answer).toMatchObject({ outcome: "denied", decidedBy: POPUP, reason: "Not here." });
  expect(await ledger(made)).toMatchObject([{ outcome: "denied", decidedBy: POPUP }]);
});

test("taken back it waits again, and the next answer counts", async () => {
  const { made, question } = await denied();
  expect(made.permissions.undoDenial(question.id, personAt("window"))).toMatchObject({ status: "pending" });
  expect(made.payloads("permissions.undone")).toMatchObject([{ id: question.id, decidedBy: null }]);
  expect(made.permissions.pending().map(({ id }) => id)).toEqual([question.id]);
  made.clock.advance(2 * UNDO_MS);
  expect(made.permissions.pendingCount()).toBe(1);
  expect(() => made.permissions.undoDenial(question.id, AT_POPUP)).toThrow("any more");
  made.permissions.decide(question.id, allow(), AT_POPUP);
  expect((await question.answer).outcome).toBe("allowed");
});

test("only who said it takes it back, and not once it has taken effect", async () => {
  const { made, question } = await denied();
  expect(() => made.permissions.undoDenial(question.id, OWNER)).toThrow("any more");
  made.clock.advance(UNDO_MS);
  expect(() => made.permissions.undoDenial(question.id, AT_POPUP)).toThrow("any more");
  expect((await question.answer).outcome).toBe("denied");
});

test("nobody allows what was denied: another answer is late, and makes it take effect", async () => {
  const { made, question } = await denied();
  expect(() => made.permissions.decide(question.id, allow(), OWNER)).toThrow("denied already");
  expect(await question.answer).toMatchObject({ outcome: "denied", decidedBy: POPUP });
});

test("neither does a grant, nor an answer among many", async () => {
  const { made, question } = await denied();
  const other = await ask(made, { value: "x" });
  made.permissions.decide(other.id, allow("session"), AT_POPUP);
  const digest = question.asked[0]?.digest ?? "";
  const many = made.permissions.decideMany(
    { decision: "allow", requests: [{ id: question.id, digest }] },
    AT_POPUP,
  );
  expect(many).toEqual({ settled: [], late: [question.id], failed: [] });
  made.clock.advance(UNDO_MS);
  expect((await question.answer).outcome).toBe("denied");
});

test.each([
  ["its asker leaves", (given: Awaited<ReturnType<typeof denied>>) => given.question.abort()],
  [
    "Gatehouse stops",
    ({ made }: Awaited<ReturnType<typeof denied>>) => made.permissions.denyAll("shutting down"),
  ],
] as const)("it stands when %s meanwhile", async (_, end) => {
  const given = await denied();
  end(given);
  expect(await given.question.answer).toMatchObject({ outcome: "denied", decidedBy: POPUP });
  expect(await ledger(given.made)).toHaveLength(1);
});

test("killed meanwhile, the next start knows that it was denied, and by whom", async () => {
  const { made, question } = await denied();
  expect(statusOnDisk(made, question.id)).toBe("pending");
  const next = createCore({ db: made.db });
  expect(statusOnDisk(next, question.id)).toBe("denied");
  expect(await ledger(next)).toMatchObject([{ outcome: "denied", decidedBy: POPUP, reason: "Not here." }]);
});
