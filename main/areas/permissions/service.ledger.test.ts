import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createCore, turn, type Core } from "../../testing/core.ts";
import { allow, ask, deny, failFor, ledger, AT_POPUP, statusOnDisk } from "./testing/ask.ts";

describe("the policy", () => {
  test("allows silently, on record", async () => {
    const made = createCore({ rules: { channels: { cli: "trusted" } } });
    const question = await ask(made, { client: "cli:x" });
    expect(await question.answer).toMatchObject({
      outcome: "allowed",
      decidedBy: { kind: "policy", name: "channel cli: trusted" },
      permission: null,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(question.asked).toEqual([]);
    expect(await ledger(made)).toEqual([
      expect.objectContaining({ permissionId: null, outcome: "allowed", waitedMs: 0 }),
    ]);
    expect(made.payloads("permissions.recorded")).toEqual(await ledger(made));
  });

  test("denies silently, on record, and goes before a grant", async () => {
    const channels: Record<string, "read_only"> = {};
    const made = createCore({ rules: { channels } });
    const first = await ask(made, { client: "bot:1" });
    made.permissions.decide(first.id, allow("forever"), AT_POPUP);
    channels["bot"] = "read_only";
    const second = await ask(made, { client: "bot:1" });
    expect(await second.answer).toMatchObject({
      outcome: "denied",
      reason: "permission denied: bot channel is read-only",
    });
    expect((await ledger(made))[0]).toMatchObject({ outcome: "denied", decidedBy: { kind: "policy" } });
  });

  test("one that nobody understands allows nothing", async () => {
    const made = createCore({ rules: { defaultTier: "yolo" as "prompt" } });
    const question = await ask(made);
    await expect(question.answer).rejects.toThrow();
    expect(question.asked).toEqual([]);
  });
});

describe("a ledger that fails", () => {
  test.each([
    ["the decision can't be written", "INSERT ON decisions"],
    ["the request can't be settled", "UPDATE ON permission_requests"],
    ["the grant can't be written", "INSERT ON permission_grants"],
  ])("never allows: %s", async (_name, when) => {
    const made = createCore();
    const question = await ask(made);
    failFor(made, when);
    expect(() => made.permissions.decide(question.id, allow("forever"), AT_POPUP)).toThrow("disk full");
    const answer = await question.answer;
    expect(answer).toMatchObject({
      outcome: "denied",
      decidedBy: { kind: "system", name: "storage" },
      scope: null,
      reason: "permission denied: the outcome could not be recorded",
      digest: "",
    });
    expect(statusOnDisk(made, question.id)).toBe("pending");
    expect(made.permissions.grants()).toEqual([]);
    expect(made.payloads("permissions.granted")).toEqual([]);
    // It is gone from every front end, and a late decider is told.
    expect(made.payloads("permissions.settled")).toEqual([answer.permission]);
    expect(made.permissions.pending()).toEqual([]);
    expect(made.permissions.find(question.id)).toEqual(answer.permission);
    expect(made.permissions.get(question.id).status).toBe("denied");
    expect(() => made.permissions.decide(question.id, allow(), AT_POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.already_settled", data: answer.permission }),
    );
  });

  test("never allows silently, and reports it", async () => {
    const made = createCore({ rules: { defaultTier: "trusted" } });
    failFor(made, "INSERT ON decisions");
    const question = await ask(made);
    expect(await question.answer).toMatchObject({
      outcome: "denied",
      decidedBy: { kind: "system", name: "storage" },
      digest: "",
    });
    expect(made.reported).toHaveLength(1);
    expect(made.published).toEqual([]);
  });

  test("never allows by a grant", async () => {
    const made = createCore();
    const first = await ask(made);
    made.permissions.decide(first.id, allow("forever"), AT_POPUP);
    made.db.exec("DROP TABLE decisions");
    const second = await ask(made);
    expect((await second.answer).outcome).toBe("denied");
    expect(made.permissions.grants()[0]?.useCount).toBe(0);
  });

  test("what can't even be asked is denied, and told as settled", async () => {
    const made = createCore();
    const before = made.clock.waiting;
    failFor(made, "INSERT ON permission_requests");
    const question = await ask(made);
    expect(await question.answer).toMatchObject({
      outcome: "denied",
      decidedBy: { kind: "system", name: "storage" },
      permission: { id: question.id, status: "denied" },
    });
    expect(made.permissions.pendingCount()).toBe(0);
    expect(made.reported).toHaveLength(1);
    expect(made.clock.waiting).toBeLessThanOrEqual(before);
  });

  test("a time-out that can't be recorded still ends the wait, and is reported", async () => {
    const made = createCore();
    const question = await ask(made);
    failFor(made, "INSERT ON decisions");
    made.clock.advance(600_000);
    expect((await question.answer).outcome).toBe("denied");
    expect(made.reported).toHaveLength(1);
  });
});

describe.runIf(process.platform !== "win32")("a disk that is full for a while", () => {
  /** SQLite may take no further page: what it says then is what it says on a full disk. */
  const fill = ({ db }: Core) =>
    db.pragma(`max_page_count = ${String(db.pragma("page_count", { simple: true }))}`);
  const makeRoom = ({ db }: Core) => db.pragma("max_page_count = 1000000");
  const large = "x".repeat(50_000);
  const denial = { kind: "system", name: "storage" };

  test("takes no yes, takes a no, and has all on record once there is room", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const made = createCore();
    const [yes, no] = [await ask(made, { value: "yes" }), await ask(made, { value: "no" })];
    const later = await ask(made, { value: "later" });
    fill(made);
    expect((await (await ask(made, { value: large })).answer).outcome).toBe("denied");
    expect(made.health.current()).toBe("full");
    expect(() => made.permissions.decide(yes.id, { ...allow(), reason: large }, AT_POPUP)).toThrow(
      expect.objectContaining({ code: "request.not_recorded", status: 507 }),
    );
    expect(await yes.answer).toMatchObject({ outcome: "denied", decidedBy: denial });
    expect(made.permissions.decide(no.id, deny(large), AT_POPUP)).toMatchObject({ status: "denied" });
    expect(await no.answer).toMatchObject({ outcome: "denied", reason: large, digest: "" });
    const undoable = { ...deny(large), undoable: true };
    expect(made.permissions.decide(later.id, undoable, AT_POPUP)).toMatchObject({ status: "denied" });
    expect(await later.answer).toMatchObject({ outcome: "denied", reason: large, digest: "" });
    expect(made.permissions.pending()).toEqual([]);

    makeRoom(made);
    vi.advanceTimersByTime(1_000);
    await turn();
    expect(made.health.current()).toBeNull();
    expect([statusOnDisk(made, yes.id), statusOnDisk(made, no.id)]).toEqual(["denied", "denied"]);
    expect((await ledger(made)).map(({ outcome, decidedBy }) => [outcome, decidedBy.name])).toEqual([
      ["denied", ""],
      ["denied", ""],
      ["denied", "storage"],
      ["denied", "storage"],
    ]);
    const next = await ask(made);
    made.permissions.decide(next.id, allow(), AT_POPUP);
    expect((await next.answer).outcome).toBe("allowed");
  });
});

describe("after a restart", () => {
  test("what waited is withdrawn with a reason, and can't be answered", async () => {
    const before = createCore();
    const question = await ask(before);
    const settled = await ask(before);
    before.permissions.decide(settled.id, allow(), AT_POPUP);
    before.clock.advance(5_000);

    const after = createCore({ db: before.db, clock: before.clock });
    expect(after.permissions.pending()).toEqual([]);
    expect(after.permissions.find(question.id)).toMatchObject({
      status: "withdrawn",
      decidedBy: { kind: "system", name: "restart" },
      reason: "Gatehouse stopped while this was waiting",
      settledAt: after.clock.now(),
    });
    expect(after.permissions.find(settled.id)?.status).toBe("allowed");
    expect((await ledger(after))[0]).toMatchObject({
      permissionId: question.id,
      outcome: "withdrawn",
      waitedMs: 5_000,
    });
    expect(() => after.permissions.decide(question.id, allow(), AT_POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.already_settled" }),
    );
    createCore({ db: before.db, clock: before.clock });
    expect(await ledger(after)).toHaveLength(2);
  });

  test("grants are still there, with their use", async () => {
    const before = createCore();
    before.permissions.decide((await ask(before)).id, allow("session"), AT_POPUP);
    await (
      await ask(before, { value: "y" })
    ).answer;
    const after = createCore({ db: before.db, clock: before.clock });
    expect(after.permissions.grants()).toEqual(before.permissions.grants());
    expect(after.permissions.grants()[0]?.useCount).toBe(1);
    expect(await (await ask(after, { value: "z" })).answer).toMatchObject({ decidedBy: { kind: "grant" } });
  });
});

describe("the ledger", () => {
  test("is paged, narrowed and searched", async () => {
    const made = createCore();
    for (let i = 0; i < 5; i += 1) {
      const question = await ask(made, { value: `report-${i}.txt` });
      made.permissions.decide(question.id, i % 2 === 0 ? allow() : deny(), AT_POPUP);
    }
    const targets = async (options: Parameters<typeof made.permissions.decisions>[0]) =>
      (await made.permissions.decisions(options)).decisions.map(({ targetPreview }) => targetPreview);
    const first = await made.permissions.decisions({ limit: 2 });
    expect(first.decisions.map(({ targetPreview }) => targetPreview)).toEqual([
      "report-4.txt",
      "report-3.txt",
    ]);
    const second = await made.permissions.decisions({ limit: 2, after: first.next ?? "" });
    expect(second.decisions.map(({ targetPreview }) => targetPreview)).toEqual([
      "report-2.txt",
      "report-1.txt",
    ]);
    expect((await made.permissions.decisions({ limit: 2, after: second.next ?? "" })).next).toBeNull();
    expect(await targets({ limit: 9, outcome: "denied" })).toEqual(["report-3.txt", "report-1.txt"]);
    expect(await targets({ limit: 9, search: "report-3" })).toEqual(["report-3.txt"]);
    expect(await targets({ limit: 9, search: "report", outcome: "allowed" })).toHaveLength(3);
    expect(await targets({ limit: 9, search: "claude touch" })).toHaveLength(5);
    expect(await targets({ limit: 9, search: 'no" OR act:*' })).toEqual([]);
    await expect(made.permissions.decisions({ limit: 1, after: "x" })).rejects.toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  });
});
