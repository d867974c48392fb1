import { describe, expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { turn } from "../../testing/core.ts";
import type { Question } from "./contract.ts";
import {
  askHere,
  AT_POPUP,
  chosen,
  create,
  failFor,
  ledger,
  newQuestion,
  statusOnDisk,
  text,
} from "./testing/ask.ts";

describe("a question of a run", () => {
  test("is on record before it is announced, and its answer before anybody is told", async () => {
    const made = create();
    const seen: unknown[] = [];
    made.bus.subscribe(({ type, payload }) => {
      if (type.startsWith("questions.")) seen.push([type, statusOnDisk(made, (payload as Question).id)]);
    });
    const { id, answer } = await askHere(made);
    expect(made.questions.pending()).toMatchObject([{ id, text: "Which branch?", door: "run" }]);
    made.questions.answer(id, chosen("release"), AT_POPUP);
    expect(await answer).toMatchObject({
      status: "answered",
      answer: chosen("release"),
      decidedBy: { kind: "popup" },
    });
    expect(seen).toEqual([
      ["questions.asked", "pending"],
      ["questions.settled", "answered"],
    ]);
    expect(made.questions.pending()).toEqual([]);
  });

  test("is told by the ledger: what was asked, by whom, who answered what, from where", async () => {
    const made = create();
    const { id } = await askHere(made, { choices: [{ value: "m", label: "main" }, "x"], isSeveral: true });
    made.clock.advance(2_000);
    made.questions.answer(id, chosen("m", "x"), AT_POPUP);
    expect(await ledger(made)).toMatchObject([
      {
        questionId: id,
        permissionId: null,
        act: "ask `Which branch?`",
        clientId: "claude-code",
        outcome: "answered",
        decidedBy: { kind: "popup", name: "" },
        reason: "main, x",
        riskLevel: null,
        waitedMs: 2_000,
      },
    ]);
    expect((await made.permissions.decisions({ limit: 9, search: "branch" })).decisions).toHaveLength(1);
    expect((await made.permissions.decisions({ limit: 9, outcome: "answered" })).decisions).toHaveLength(1);
  });

  test("is declined with a word, or without one", async () => {
    const made = create();
    const first = await askHere(made);
    made.questions.decline(first.id, "  ask me tomorrow ", AT_POPUP);
    expect(await first.answer).toMatchObject({ status: "declined", reason: "ask me tomorrow", answer: null });
    const second = await askHere(made);
    made.questions.decline(second.id, undefined, AT_POPUP);
    expect(await second.answer).toMatchObject({ status: "declined", reason: null });
  });

  test("is withdrawn when its run ends", async () => {
    const made = create();
    const { id, answer, abort } = await askHere(made);
    abort(new Error("context canceled"));
    expect(await answer).toMatchObject({
      status: "withdrawn",
      decidedBy: { kind: "system", name: "cancel" },
    });
    expect(() => made.questions.answer(id, chosen("main"), AT_POPUP)).toThrow("was withdrawn already");
    expect(statusOnDisk(made, id)).toBe("withdrawn");
  });

  test("that ends before it is on record is announced and withdrawn, in this order", async () => {
    const made = create();
    const controller = new AbortController();
    const answer = made.questions.askHere({ ...newQuestion(), signal: controller.signal }, () => {});
    controller.abort();
    expect(await answer).toMatchObject({ status: "withdrawn" });
    expect(made.published.map(({ type }) => type)).toEqual([
      "questions.asked",
      "questions.settled",
      "permissions.recorded",
    ]);
  });

  test("that can't be put on record is not asked", async () => {
    const made = create();
    failFor(made, "INSERT ON questions");
    await expect(askHere(made)).rejects.toThrow("nobody was asked");
    expect(made.questions.pending()).toEqual([]);
    expect(made.payloads("questions.asked")).toEqual([]);
  });
});

describe("exactly one answer", () => {
  test("the first counts; the second is told what it was", async () => {
    const made = create();
    const { id, answer } = await askHere(made);
    made.questions.answer(id, chosen("main"), AT_POPUP);
    for (const late of [
      () => made.questions.answer(id, chosen("release"), AT_POPUP),
      () => made.questions.decline(id, "no", AT_POPUP),
    ]) {
      expect(late).toThrow(
        expect.objectContaining({
          code: "questions.already_settled",
          status: 409,
          data: expect.objectContaining({ status: "answered", answer: chosen("main") }),
        }),
      );
    }
    expect(await answer).toMatchObject({ answer: chosen("main") });
    expect(made.payloads("questions.settled")).toHaveLength(1);
    expect(await ledger(made)).toHaveLength(1);
  });

  test("an answer that is none leaves it waiting", async () => {
    const made = create();
    const { id } = await askHere(made);
    expect(() => made.questions.answer(id, text("main"), AT_POPUP)).toThrow("one of its choices");
    expect(() => made.questions.answer(id, chosen("dev"), AT_POPUP)).toThrow("not one of the choices");
    expect(made.questions.pending()).toHaveLength(1);
    expect(await ledger(made)).toEqual([]);
  });

  test("an answer that can't be recorded does not count, and can be given again", async () => {
    const made = create();
    const { id, answer } = await askHere(made);
    failFor(made, "UPDATE ON questions");
    expect(() => made.questions.answer(id, chosen("main"), AT_POPUP)).toThrow("disk full");
    expect(made.questions.pending()).toHaveLength(1);
    made.db.exec("DROP TRIGGER fails");
    made.questions.answer(id, chosen("release"), AT_POPUP);
    expect(await answer).toMatchObject({ answer: chosen("release") });
  });

  test("the answer and its row in the ledger are written together or not at all", async () => {
    const made = create();
    const { id } = await askHere(made);
    failFor(made, "INSERT ON decisions");
    expect(() => made.questions.answer(id, chosen("main"), AT_POPUP)).toThrow("disk full");
    expect(statusOnDisk(made, id)).toBe("pending");
  });

  test("a time that is up comes before an answer, also where no timer has told yet", async () => {
    const made = create();
    const { id, answer } = await askHere(made, { timeoutSeconds: 60 });
    made.clock.suspend(60_001);
    expect(() => made.questions.answer(id, chosen("main"), AT_POPUP)).toThrow("was expired already");
    expect(await answer).toMatchObject({ status: "expired", answer: null });
  });

  test("a withdrawal at the same moment wins or loses, never both", async () => {
    const made = create();
    const { id, answer, abort } = await askHere(made);
    abort();
    expect(() => made.questions.answer(id, chosen("main"), AT_POPUP)).toThrow("was withdrawn already");
    expect(await answer).toMatchObject({ status: "withdrawn", answer: null });
    const second = await askHere(made);
    made.questions.answer(second.id, chosen("main"), AT_POPUP);
    second.abort();
    expect(await second.answer).toMatchObject({ status: "answered" });
    expect((await ledger(made)).map(({ outcome }) => outcome)).toEqual(["answered", "withdrawn"]);
  });
});

describe("without an answer", () => {
  test("it says that nobody answered, after as long as a request for permission", async () => {
    const made = create({ rules: { timeoutMs: 90_000 } });
    const { answer } = await askHere(made);
    made.clock.advance(89_999);
    expect(made.questions.pending()).toHaveLength(1);
    made.clock.advance(1);
    expect(await answer).toMatchObject({ status: "expired", answer: null, decidedBy: { kind: "timeout" } });
  });
  test("the default is given where that was asked for", async () => {
    const made = create();
    const { answer } = await askHere(made, {
      defaultAnswer: chosen("main"),
      onTimeout: "default",
      timeoutSeconds: 5,
    });
    made.clock.advance(5_000);
    expect(await answer).toMatchObject({ status: "expired", answer: chosen("main") });
  });
  test("what stays waits as long as it takes", async () => {
    const made = create();
    await askHere(made, { onTimeout: "stay" });
    made.clock.advance(365 * 24 * 60 * 60_000);
    expect(made.questions.pending()).toMatchObject([{ expiresAt: null }]);
  });
  test("a clock that is set back makes it last no longer", async () => {
    const made = create();
    const { answer } = await askHere(made, { timeoutSeconds: 60 });
    made.clock.set(-3_600_000);
    made.clock.advance(60_000);
    expect(await answer).toMatchObject({ status: "expired" });
  });
  test("an end that can't be recorded is told all the same, and recorded once that works", async () => {
    const made = create();
    const { id, answer } = await askHere(made, { timeoutSeconds: 60 });
    failFor(made, "UPDATE ON questions");
    made.clock.advance(60_000);
    expect(await answer).toMatchObject({ status: "expired" });
    expect(made.questions.get(id)).toMatchObject({ status: "expired" });
    expect(() => made.questions.answer(id, chosen("main"), AT_POPUP)).toThrow("was expired already");
  });
});

describe("after a crash", () => {
  test("what a run asked is withdrawn with a reason", async () => {
    const before = create();
    const { id } = await askHere(before);
    const after = create({ db: before.db, clock: createFakeClock(before.clock.now() + 1_000) });
    expect(after.questions.pending()).toEqual([]);
    expect(after.questions.get(id)).toMatchObject({
      status: "withdrawn",
      decidedBy: { kind: "system", name: "restart" },
      reason: "Gatehouse stopped while this was waiting",
    });
    expect(await ledger(after)).toMatchObject([{ questionId: id, outcome: "withdrawn" }]);
  });
  test("an answer that was given is what it was", async () => {
    const before = create();
    const { id } = await askHere(before);
    before.questions.answer(id, chosen("main"), AT_POPUP);
    await turn();
    const after = create({ db: before.db });
    expect(after.questions.get(id)).toMatchObject({ status: "answered", answer: chosen("main") });
    expect(() => after.questions.answer(id, chosen("release"), AT_POPUP)).toThrow("was answered already");
  });
});
