import { describe, expect, test } from "vitest";
import type { PermissionId } from "../../contract/ids.ts";
import { personAt } from "../../contract/principal.ts";
import type { FakeClock } from "../../testing/fake-clock.ts";
import { createCore, WORKSPACE } from "../../testing/core.ts";
import type { PermissionSummary } from "./contract.ts";
import {
  allow,
  ask,
  AT_POPUP,
  deny,
  failFor,
  ledger,
  OWNER,
  POPUP,
  requestOf,
  RUN,
  statusOnDisk,
} from "./testing/ask.ts";

describe("asking", () => {
  test("shows the whole request, and is on record before anybody is told", async () => {
    const made = createCore();
    let onDisk: unknown = "not told";
    made.bus.subscribe(({ type, payload }) => {
      if (type === "permissions.asked") onDisk = statusOnDisk(made, (payload as PermissionSummary).id);
    });
    const question = await ask(made, { value: "a.txt", client: "claude-code" });
    expect(onDisk).toBe("pending");

    const stored = made.permissions.get(question.id);
    expect(stored).toEqual(question.asked[0]);
    expect(stored).toMatchObject({
      id: expect.stringMatching(/^perm_[0-9a-f]{32}$/),
      door: "run",
      runId: RUN,
      sessionId: "s1",
      clientId: "claude-code",
      callId: "call_1",
      asker: OWNER,
      tool: "side_effect",
      action: "touch",
      target: "a.txt",
      arguments: { value: "a.txt" },
      workDir: WORKSPACE,
      riskLevel: "medium",
      status: "pending",
      askedAt: made.clock.now(),
      expiresAt: made.clock.now() + 600_000,
    });
    expect(stored.choices.map(({ scope }) => scope)[0]).toBe("once");
    const { target: _t, arguments: _a, presentation: _p, choices: _c, ...summary } = stored;
    expect(made.permissions.pending()).toEqual([summary]);
    expect(made.payloads("permissions.asked")).toEqual([summary]);
    expect(made.permissions.find(question.id)).toEqual(summary);
  });

  test("without a time limit waits as long as it takes", async () => {
    const made = createCore({ rules: { timeoutMs: null } });
    const question = await ask(made);
    expect(question.asked[0]?.expiresAt).toBeNull();
    made.clock.advance(1e12);
    made.permissions.decide(question.id, allow(), AT_POPUP);
    expect((await question.answer).outcome).toBe("allowed");
  });

  test("a call of which no risk is known is not shown as harmless", async () => {
    const question = await ask(createCore(), { presentation: { risks: [] } });
    expect(question.asked[0]?.riskLevel).toBe("medium");
  });

  test("needs no run: a hook's request is asked, answered and on record with who asked", async () => {
    const made = createCore();
    const asker = { kind: "agent", id: "key_1", name: "codex" } as const;
    const origin = {
      door: "hook",
      runId: null,
      sessionId: null,
      clientId: "codex",
      callId: "toolu_1",
    } as const;
    const question = await ask(made, { origin, asker });
    const whence = { ...origin, asker, workDir: WORKSPACE };
    expect(made.permissions.pending()).toEqual([expect.objectContaining({ ...whence, status: "pending" })]);
    expect(made.permissions.get(question.id)).toEqual(question.asked[0]);
    made.permissions.decide(question.id, allow(), AT_POPUP);
    expect((await question.answer).outcome).toBe("allowed");
    expect(await ledger(made)).toEqual([expect.objectContaining({ ...whence, permissionId: question.id })]);
  });
});

describe("settling", () => {
  test("allowed by a person", async () => {
    const made = createCore();
    const question = await ask(made);
    made.clock.advance(1_500);
    const settled = made.permissions.decide(question.id, allow(), AT_POPUP);
    expect(settled).toMatchObject({ status: "allowed", decidedBy: POPUP, scope: "once", reason: null });
    expect(await question.answer).toEqual({
      outcome: "allowed",
      decidedBy: POPUP,
      scope: "once",
      reason: null,
      permission: settled,
      digest: question.asked[0]?.digest,
      isUnchanged: expect.any(Function) as unknown,
    });
    expect(made.payloads("permissions.settled")).toEqual([settled]);
    expect(made.permissions.pending()).toEqual([]);
    expect(await ledger(made)).toEqual(made.payloads("permissions.recorded"));
    expect((await ledger(made))[0]).toMatchObject({
      permissionId: question.id,
      outcome: "allowed",
      decidedBy: POPUP,
      scope: "once",
      act: "touch `x`",
      waitedMs: 1_500,
    });
    expect(made.permissions.grants()).toEqual([]);
  });

  test("denied by a person, whose words reach the agent", async () => {
    const made = createCore();
    const first = await ask(made);
    made.permissions.decide(first.id, deny(" not on Fridays "), AT_POPUP);
    expect(await first.answer).toMatchObject({ outcome: "denied", reason: "not on Fridays" });
    const second = await ask(made);
    made.permissions.decide(second.id, deny("  "), AT_POPUP);
    expect((await second.answer).reason).toBe("permission denied by the person at the desk");
    expect((await ledger(made)).map(({ outcome }) => outcome)).toEqual(["denied", "denied"]);
  });

  test("expired: the time is up to the millisecond", async () => {
    const made = createCore();
    const question = await ask(made);
    made.clock.advance(599_999);
    expect(made.permissions.pendingCount()).toBe(1);
    made.clock.advance(1);
    expect(await question.answer).toMatchObject({
      outcome: "expired",
      decidedBy: { kind: "timeout", name: "" },
      reason: "permission denied: daemon permission request timed out",
    });
    expect(statusOnDisk(made, question.id)).toBe("expired");
  });

  test.each([
    ["on a machine that slept", (clock: FakeClock) => clock.suspend(600_000)],
    ["with its clock set back a day", (clock: FakeClock) => (clock.set(-86_400_000), clock.advance(600_000))],
    ["with its clock set forth", (clock: FakeClock) => clock.set(600_000)],
  ])("expired %s: an answer comes too late, whether a timer has told or not", async (_where, move) => {
    const made = createCore();
    const question = await ask(made);
    move(made.clock);
    expect(() => made.permissions.decide(question.id, allow(), AT_POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.already_settled", status: 409 }),
    );
    expect(await question.answer).toMatchObject({ outcome: "expired", decidedBy: { kind: "timeout" } });
    expect(statusOnDisk(made, question.id)).toBe("expired");
    expect(made.permissions.pending()).toEqual([]);
  });

  test("withdrawn when the run is cancelled", async () => {
    const made = createCore();
    const question = await ask(made);
    question.abort();
    expect(await question.answer).toMatchObject({
      outcome: "withdrawn",
      decidedBy: { kind: "system", name: "cancel" },
      reason: "the run was canceled while this was waiting",
    });
    made.clock.advance(600_000);
    expect(made.payloads("permissions.settled")).toHaveLength(1);
  });

  test("withdrawn by whoever asked, in its words", async () => {
    const made = createCore();
    const question = await ask(made);
    question.abort({ withdrawnBy: "asker", words: "answered in its own terminal" });
    expect(await question.answer).toMatchObject({
      outcome: "withdrawn",
      decidedBy: { kind: "system", name: "asker" },
      reason: "answered in its own terminal",
    });
  });

  test("withdrawn before it was even on record", async () => {
    const made = createCore();
    const controller = new AbortController();
    const answer = made.permissions.ask(requestOf({}, controller.signal), () => controller.abort());
    expect((await answer).outcome).toBe("withdrawn");
    expect(made.published.map(({ type }) => type)).toEqual([
      "permissions.asked",
      "permissions.settled",
      "permissions.recorded",
    ]);
  });

  test("a cancelled run asks nobody", async () => {
    const made = createCore();
    const controller = new AbortController();
    controller.abort(new Error("context canceled"));
    const request = requestOf({}, controller.signal);
    await expect(made.permissions.ask(request, () => {})).rejects.toThrow("context canceled");
    expect(await ledger(made)).toEqual([]);
  });

  test("one decider wins; the late one is told the outcome", async () => {
    const made = createCore();
    const question = await ask(made);
    const settled = made.permissions.decide(question.id, deny("no"), AT_POPUP);
    expect(() => made.permissions.decide(question.id, allow(), personAt("window"))).toThrow(
      expect.objectContaining({ code: "permissions.already_settled", status: 409, data: settled }),
    );
    expect((await question.answer).outcome).toBe("denied");
    expect(await ledger(made)).toHaveLength(1);

    made.clock.advance(600_000);
    question.abort();
    expect(await ledger(made)).toHaveLength(1);
    expect(made.permissions.find(question.id)?.status).toBe("denied");
  });

  test("two deciders in the middle of being told: still one", async () => {
    const made = createCore();
    const question = await ask(made);
    const refused: unknown[] = [];
    made.bus.subscribe(({ type }) => {
      if (type !== "permissions.settled") return;
      try {
        made.permissions.decide(question.id, allow("forever"), AT_POPUP);
      } catch (error) {
        refused.push((error as { code: string }).code);
      }
    });
    made.permissions.decide(question.id, deny(), AT_POPUP);
    expect(refused).toEqual(["permissions.already_settled"]);
    expect((await question.answer).outcome).toBe("denied");
    expect(made.permissions.grants()).toEqual([]);
  });

  test("an id that nobody asked about", () => {
    const { permissions } = createCore();
    const unknown = `perm_${"f".repeat(32)}` as PermissionId;
    for (const act of [
      () => permissions.decide(unknown, allow(), AT_POPUP),
      () => permissions.get(unknown),
    ]) {
      expect(act).toThrow(expect.objectContaining({ code: "permissions.not_found", status: 404 }));
    }
    expect(permissions.find("nonsense")).toBeNull();
  });

  test("an answer to something else than what is asked changes nothing", async () => {
    const made = createCore();
    const question = await ask(made);
    const digest = question.asked[0]?.digest;
    expect(() => made.permissions.decide(question.id, { ...allow(), digest: "0" }, AT_POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.changed", status: 409 }),
    );
    expect(made.permissions.pendingCount()).toBe(1);
    expect(made.permissions.decide(question.id, { ...allow(), digest }, AT_POPUP).status).toBe("allowed");
  });

  test("denyAll settles what waits, and says why", async () => {
    const made = createCore();
    const questions = [await ask(made), await ask(made), await ask(made)];
    made.permissions.denyAll("going down");
    for (const { answer } of questions) {
      expect(await answer).toMatchObject({
        outcome: "denied",
        decidedBy: { kind: "system", name: "shutdown" },
        reason: "going down",
      });
    }
    expect(made.permissions.pendingCount()).toBe(0);
    expect(await ledger(made)).toHaveLength(3);
  });

  test("five hundred at once, answered in any order, each once", async () => {
    const made = createCore();
    const questions = await Promise.all(
      Array.from({ length: 500 }, (_, i) => ask(made, { value: `f${i}`, session: `s${i}` })),
    );
    expect(made.permissions.pending().map(({ targetPreview }) => targetPreview)).toEqual(
      Array.from({ length: 500 }, (_, i) => `f${i}`),
    );
    for (const [i, { id }] of [...questions.entries()].toReversed()) {
      made.permissions.decide(id, i % 2 === 0 ? allow() : deny(), AT_POPUP);
    }
    const answers = await Promise.all(questions.map(({ answer }) => answer));
    expect(answers.map(({ outcome }) => outcome === "allowed")).toEqual(answers.map((_, i) => i % 2 === 0));
    made.clock.advance(600_000);
    expect(await ledger(made)).toHaveLength(500);
  });
});

describe("right before it runs", () => {
  const ALLOWED = { defaultTier: "trusted" } as const;
  const answerOf = async (given: Parameters<typeof ask>[1], rules: object = ALLOWED) =>
    (await ask(createCore({ rules }), given)).answer;
  const same = { action: "touch", target: "x", remember: "wide" } as const;

  test("the call is unchanged while it acts on the same", async () => {
    const answer = await answerOf({ recheck: () => Promise.resolve(same) });
    expect([answer.outcome, await answer.isUnchanged()]).toEqual(["allowed", true]);
  });

  test.each([
    [
      "it acts on something else by now",
      { recheck: () => Promise.resolve({ ...same, state: "other" }) },
      ALLOWED,
    ],
    ["whoever asked can't tell", {}, ALLOWED],
    ["it was not allowed", { recheck: () => Promise.resolve(same) }, { defaultTier: "read_only" }],
  ])("it is not when %s", async (_name, given, rules) => {
    expect(await (await answerOf(given, rules)).isUnchanged()).toBe(false);
  });

  test("nor when the outcome is not on record", async () => {
    const made = createCore({ rules: ALLOWED });
    failFor(made, "INSERT ON decisions");
    const { answer } = await ask(made, { recheck: () => Promise.resolve(same) });
    expect(await (await answer).isUnchanged()).toBe(false);
  });
});
