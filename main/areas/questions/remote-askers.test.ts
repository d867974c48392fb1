import { describe, expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { turn } from "../../testing/core.ts";
import { personAt } from "../../contract/principal.ts";
import { askHere, AT_POPUP, branches, chosen, create, HOOK, keyOf, statusOnDisk } from "./testing/ask.ts";

describe("asking from elsewhere", () => {
  test("is on record at once, and says who asks from where", async () => {
    const made = create();
    const asked = await made.ask({ door: "hook", folder: "/code/x/../app/", callId: "c1", agent: "me" });
    expect(asked).toMatchObject({ status: "pending", answer: null, words: null });
    expect(statusOnDisk(made, asked.id)).toBe("pending");
    expect(made.questions.get(asked.id)).toMatchObject({
      door: "hook",
      runId: null,
      sessionId: null,
      callId: "c1",
      workDir: "/code/app",
      // A key goes by its own name.
      clientId: "hook",
      asker: { kind: "key", id: "key_hook", name: "hook" },
    });
  });

  test("a folder is absolute, or there is none", async () => {
    const made = create();
    await expect(made.ask({ folder: "app" })).rejects.toMatchObject({
      code: "questions.folder_not_absolute",
    });
    const { id } = await made.ask();
    expect(made.questions.get(id).workDir).toBe("");
  });

  test("more than a person could answer is refused, to this asker alone, until some are answered", async () => {
    const made = create();
    const first = await made.ask();
    for (let i = 1; i < 50; i += 1) await made.ask();
    await expect(made.ask()).rejects.toMatchObject({ code: "questions.too_many", status: 429 });
    await made.ask({}, keyOf("other"));
    await askHere(made);
    made.questions.answer(first.id, chosen("main"), AT_POPUP);
    await made.ask();
  });

  test("what is asked by one is nobody else's, and a run's is no asker's", async () => {
    const made = create();
    const { id } = await made.ask();
    const stranger = keyOf("stranger");
    await expect(made.wait(id, 0, stranger)).rejects.toMatchObject({ code: "questions.not_found" });
    expect(() => made.questions.cancel(id, stranger)).toThrow("You asked no such question.");
    const owner = { ...personAt("window"), kind: "owner", id: "owner" } as const;
    const ofRun = await askHere(made);
    await expect(made.wait(ofRun.id, 0, owner)).rejects.toMatchObject({ code: "questions.not_found" });
  });
});

describe("waiting for the answer", () => {
  test("it comes as soon as it is there, and can be fetched again", async () => {
    const made = create();
    const { id } = await made.ask();
    const polls = [made.wait(id, 60_000), made.wait(id, 60_000)];
    made.questions.answer(id, chosen("release"), AT_POPUP);
    const answered = { status: "answered", answer: chosen("release"), words: "release", reason: null };
    for (const poll of polls) expect(await poll).toMatchObject(answered);
    expect(await made.wait(id)).toMatchObject(answered);
    expect(await made.wait(id, 60_000)).toMatchObject(answered);
  });

  test("without one it says so after its time, and the question goes on", async () => {
    const made = create();
    const { id } = await made.ask();
    const poll = made.wait(id, 20_000);
    made.clock.advance(20_000);
    expect(await poll).toMatchObject({ status: "pending" });
  });

  test("whoever does not come back for longer than its patience is gone", async () => {
    const made = create();
    const { id } = await made.ask({ patienceSeconds: 60 });
    made.clock.advance(59_000);
    await made.wait(id);
    made.clock.advance(59_000);
    expect(made.questions.pending()).toHaveLength(1);
    made.clock.advance(1_000);
    expect(made.questions.get(id)).toMatchObject({
      status: "withdrawn",
      decidedBy: { kind: "system", name: "left" },
    });
    // Whoever comes too late hears why.
    expect(await made.wait(id)).toMatchObject({
      status: "withdrawn",
      reason: "nobody waited for the answer any more",
    });
  });

  test("taken back, it can't be answered; answered, it can't be taken back", async () => {
    const made = create();
    const first = await made.ask();
    expect(made.questions.cancel(first.id, HOOK)).toMatchObject({ status: "withdrawn" });
    expect(() => made.questions.answer(first.id, chosen("main"), AT_POPUP)).toThrow("was withdrawn already");
    const second = await made.ask();
    made.questions.answer(second.id, chosen("main"), AT_POPUP);
    expect(made.questions.cancel(second.id, HOOK)).toMatchObject({ status: "answered", words: "main" });
  });

  test("a key that ends takes its questions along", async () => {
    const made = create();
    const { key } = made.access.create({ name: "hook", scopes: ["ask"] }, AT_POPUP);
    const { id } = await made.ask({}, { ...HOOK, id: key.id });
    made.access.revoke(key.id);
    await turn();
    expect(made.questions.get(id)).toMatchObject({
      status: "withdrawn",
      reason: "the key with which it was asked has ended",
    });
  });
});

describe("the same key", () => {
  test("is the same question, with the answer it has by then", async () => {
    const made = create();
    const first = await made.ask({ key: "k" });
    expect(await made.ask({ key: "k" })).toMatchObject({ id: first.id, status: "pending" });
    expect(made.payloads("questions.asked")).toHaveLength(1);
    made.questions.answer(first.id, chosen("main"), AT_POPUP);
    expect(await made.ask({ key: "k" })).toMatchObject({ id: first.id, status: "answered", words: "main" });
  });
  test("of two askers are two questions", async () => {
    const made = create();
    const first = await made.ask({ key: "k" });
    expect((await made.ask({ key: "k" }, keyOf("other"))).id).not.toBe(first.id);
  });
  test("for something else is refused", async () => {
    const made = create();
    await made.ask({ key: "k" });
    for (const other of [{ text: "Another?" }, { choices: ["main"] }, { isSeveral: true }]) {
      await expect(made.ask({ key: "k", ...other })).rejects.toMatchObject({ code: "questions.key_taken" });
    }
  });
  test("asks anew what was withdrawn because its asker was silent for too long", async () => {
    const made = create();
    const first = await made.ask({ key: "k" });
    made.clock.advance(30_000);
    const second = await made.ask({ key: "k" });
    expect(second).toMatchObject({ status: "pending" });
    expect(second.id).not.toBe(first.id);
    expect(await made.ask({ key: "k" })).toMatchObject({ id: second.id });
  });
  test("keeps the question alive", async () => {
    const made = create();
    const { id } = await made.ask({ key: "k" });
    made.clock.advance(29_000);
    await made.ask({ key: "k" });
    made.clock.advance(29_000);
    expect(made.questions.get(id).status).toBe("pending");
  });
});

describe("after a restart", () => {
  const restarted = (before: ReturnType<typeof create>, awayMs: number) =>
    create({ db: before.db, clock: createFakeClock(before.clock.now() + awayMs) });

  test("whoever waits elsewhere is waited for: by id, and by key", async () => {
    const before = create();
    const { id } = await before.ask({ key: "k" });
    before.questions.stop();
    const after = restarted(before, 5_000);
    expect(after.questions.pending()).toMatchObject([{ id, text: branches.text }]);
    const poll = after.wait(id, 60_000);
    expect(await after.ask({ key: "k" })).toMatchObject({ id, status: "pending" });
    after.questions.answer(id, chosen("main"), AT_POPUP);
    expect(await poll).toMatchObject({ status: "answered", words: "main" });
  });

  test("whoever does not come back is gone after its patience", async () => {
    const before = create();
    const { id } = await before.ask();
    const after = restarted(before, 5_000);
    after.clock.advance(30_000);
    expect(after.questions.get(id)).toMatchObject({ status: "withdrawn" });
  });

  test("its time goes on", async () => {
    const before = create();
    const { id } = await before.ask({ timeoutSeconds: 60, patienceSeconds: 600 });
    const after = restarted(before, 50_000);
    after.clock.advance(9_000);
    expect(after.questions.get(id)).toMatchObject({ status: "pending" });
    after.clock.advance(1_000);
    expect(after.questions.get(id)).toMatchObject({ status: "expired" });
  });

  test("an answer that nobody had fetched is still there", async () => {
    const before = create();
    const { id } = await before.ask();
    before.questions.answer(id, chosen("release"), AT_POPUP);
    const after = restarted(before, 3_600_000);
    expect(await after.wait(id)).toMatchObject({ status: "answered", words: "release" });
  });

  test("a stop tells whoever listens at once that there is no answer yet", async () => {
    const made = create();
    const { id } = await made.ask();
    const poll = made.wait(id, 60_000);
    made.questions.stop();
    expect(await poll).toMatchObject({ status: "pending" });
    expect(statusOnDisk(made, id)).toBe("pending");
  });
});
