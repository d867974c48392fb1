import { afterEach, describe, expect, test } from "vitest";
import type { PermissionId, RunId, SessionId } from "../../contract/ids.ts";
import { createCore, turn, WORKSPACE, type Core } from "../../testing/core.ts";
import { createRecordingTool, presentationOf } from "../../testing/recording-tool.ts";
import type { Tool } from "../catalogs/tools/tool.ts";
import type { DecisionRecord, PermissionRequest, PermissionSummary, Scope } from "./contract.ts";
import type { GateAnswer } from "./gate.ts";

const POPUP = { kind: "popup", name: "" } as const;
const RUN = `run_${"0".repeat(32)}` as RunId;

interface Given {
  readonly value?: string;
  readonly client?: string;
  readonly session?: string;
  readonly tool?: Tool;
  readonly workspace?: string;
}

interface Question {
  readonly answer: Promise<GateAnswer>;
  readonly asked: readonly PermissionRequest[];
  readonly id: PermissionId;
  abort(): void;
}

const cores: Core[] = [];
const core = (...options: Parameters<typeof createCore>): Core => {
  const made = createCore(...options);
  cores.push(made);
  return made;
};
afterEach(() => {
  for (const { db } of cores.splice(0)) db.close();
});

/** Asks the gate and waits until the question, if there is one, is on record. */
async function ask({ permissions }: Core, given: Given = {}): Promise<Question> {
  const controller = new AbortController();
  const sessionId = (given.session ?? "s1") as SessionId;
  const workspace = given.workspace ?? WORKSPACE;
  const asked: PermissionRequest[] = [];
  const answer = permissions.ask(
    {
      runId: RUN,
      sessionId,
      clientId: given.client ?? "claude-code",
      tool: given.tool ?? createRecordingTool("side_effect"),
      arguments: { value: given.value ?? "x" },
      context: { runId: RUN, sessionId, workspace, signal: controller.signal },
      signal: controller.signal,
    },
    (permission) => asked.push(permission),
  );
  answer.catch(() => {});
  await turn();
  return {
    answer,
    asked,
    abort: () => controller.abort(new Error("context canceled")),
    get id() {
      const id = asked[0]?.id;
      if (id === undefined) throw new Error("nobody was asked");
      return id;
    },
  };
}

const allow = (scope: Scope = "once") => ({ decision: "allow", scope }) as const;
const deny = (reason?: string) => ({ decision: "deny", scope: "once", reason }) as const;

const statusOnDisk = ({ db }: Core, id: PermissionId) =>
  db.prepare("SELECT status FROM permission_requests WHERE id = ?").pluck().get(id);
const ledger = ({ permissions }: Core): DecisionRecord[] => permissions.decisions({ limit: 500 }).decisions;
const failFor = ({ db }: Core, when: string) =>
  db.exec(`CREATE TEMP TRIGGER fails BEFORE ${when} BEGIN SELECT RAISE(ABORT, 'disk full'); END`);

describe("asking", () => {
  test("shows the whole request, and is on record before anybody is told", async () => {
    const made = core();
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
      runId: RUN,
      clientId: "claude-code",
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
    const { target: _t, arguments: _a, presentation: _p, choices: _c, digest: _d, ...summary } = stored;
    expect(made.permissions.pending()).toEqual([summary]);
    expect(made.payloads("permissions.asked")).toEqual([summary]);
    expect(made.permissions.find(question.id)).toEqual(summary);
  });

  test("without a time limit waits as long as it takes", async () => {
    const made = core({ rules: { timeoutMs: null } });
    const question = await ask(made);
    expect(question.asked[0]?.expiresAt).toBeNull();
    made.clock.advance(1e12);
    made.permissions.decide(question.id, allow(), POPUP);
    expect((await question.answer).outcome).toBe("allowed");
  });

  test("a call of which no risk is known is not shown as harmless", async () => {
    const tool = createRecordingTool("side_effect", {
      present: (args) => ({ ...presentationOf("side_effect", args), risks: [] }),
    });
    expect((await ask(core(), { tool })).asked[0]?.riskLevel).toBe("medium");
  });

  test("rejects, and asks nobody, when the tool can't say what it would do", async () => {
    const made = core();
    const tool = createRecordingTool("side_effect", {
      present: () => {
        throw new Error("no words");
      },
    });
    const question = await ask(made, { tool });
    await expect(question.answer).rejects.toThrow("no words");
    expect(made.permissions.pending()).toEqual([]);
  });
});

describe("settling", () => {
  test("allowed by a person", async () => {
    const made = core();
    const question = await ask(made);
    made.clock.advance(1_500);
    const settled = made.permissions.decide(question.id, allow(), POPUP);
    expect(settled).toMatchObject({ status: "allowed", decidedBy: POPUP, scope: "once", reason: null });
    expect(await question.answer).toEqual({
      outcome: "allowed",
      decidedBy: POPUP,
      scope: "once",
      reason: null,
      permission: settled,
      digest: question.asked[0]?.digest,
    });
    expect(made.payloads("permissions.settled")).toEqual([settled]);
    expect(made.permissions.pending()).toEqual([]);
    expect(ledger(made)).toEqual(made.payloads("permissions.recorded"));
    expect(ledger(made)[0]).toMatchObject({
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
    const made = core();
    const first = await ask(made);
    made.permissions.decide(first.id, deny(" not on Fridays "), POPUP);
    expect(await first.answer).toMatchObject({ outcome: "denied", reason: "not on Fridays" });
    const second = await ask(made);
    made.permissions.decide(second.id, deny("  "), POPUP);
    expect((await second.answer).reason).toBe("permission denied by the person at the desk");
    expect(ledger(made).map(({ outcome }) => outcome)).toEqual(["denied", "denied"]);
  });

  test("expired: the time is up to the millisecond", async () => {
    const made = core();
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

  test("withdrawn when the run is cancelled", async () => {
    const made = core();
    const question = await ask(made);
    question.abort();
    expect(await question.answer).toMatchObject({
      outcome: "withdrawn",
      decidedBy: { kind: "system", name: "cancel" },
      reason: "the run was cancelled while this was waiting",
    });
    made.clock.advance(600_000);
    expect(made.payloads("permissions.settled")).toHaveLength(1);
  });

  test("withdrawn before it was even on record", async () => {
    const made = core();
    const controller = new AbortController();
    const tool = createRecordingTool("side_effect");
    const sessionId = "s1" as SessionId;
    const context = { runId: RUN, sessionId, workspace: WORKSPACE, signal: controller.signal };
    const request = {
      runId: RUN,
      sessionId,
      clientId: "c",
      tool,
      arguments: {},
      context,
      signal: controller.signal,
    };
    const answer = made.permissions.ask(request, () => controller.abort());
    expect((await answer).outcome).toBe("withdrawn");
    expect(made.published.map(({ type }) => type)).toEqual([
      "permissions.asked",
      "permissions.settled",
      "permissions.recorded",
    ]);
  });

  test("a cancelled run asks nobody", async () => {
    const made = core();
    const controller = new AbortController();
    controller.abort(new Error("context canceled"));
    const tool = createRecordingTool("side_effect");
    const sessionId = "s1" as SessionId;
    const context = { runId: RUN, sessionId, workspace: WORKSPACE, signal: controller.signal };
    const request = {
      runId: RUN,
      sessionId,
      clientId: "c",
      tool,
      arguments: {},
      context,
      signal: controller.signal,
    };
    await expect(made.permissions.ask(request, () => {})).rejects.toThrow("context canceled");
    expect(ledger(made)).toEqual([]);
  });

  test("one decider wins; the late one is told the outcome", async () => {
    const made = core();
    const question = await ask(made);
    const settled = made.permissions.decide(question.id, deny("no"), POPUP);
    expect(() => made.permissions.decide(question.id, allow(), { kind: "cli", name: "" })).toThrow(
      expect.objectContaining({ code: "permissions.already_settled", status: 409, data: settled }),
    );
    expect((await question.answer).outcome).toBe("denied");
    expect(ledger(made)).toHaveLength(1);

    made.clock.advance(600_000);
    question.abort();
    expect(ledger(made)).toHaveLength(1);
    expect(made.permissions.find(question.id)?.status).toBe("denied");
  });

  test("two deciders in the middle of being told: still one", async () => {
    const made = core();
    const question = await ask(made);
    const refused: unknown[] = [];
    made.bus.subscribe(({ type }) => {
      if (type !== "permissions.settled") return;
      try {
        made.permissions.decide(question.id, allow("forever"), POPUP);
      } catch (error) {
        refused.push((error as { code: string }).code);
      }
    });
    made.permissions.decide(question.id, deny(), POPUP);
    expect(refused).toEqual(["permissions.already_settled"]);
    expect((await question.answer).outcome).toBe("denied");
    expect(made.permissions.grants()).toEqual([]);
  });

  test("an id that nobody asked about", () => {
    const { permissions } = core();
    const unknown = `perm_${"f".repeat(32)}` as PermissionId;
    for (const act of [() => permissions.decide(unknown, allow(), POPUP), () => permissions.get(unknown)]) {
      expect(act).toThrow(expect.objectContaining({ code: "permissions.not_found", status: 404 }));
    }
    expect(permissions.find("nonsense")).toBeNull();
  });

  test("an answer to something else than what is asked changes nothing", async () => {
    const made = core();
    const question = await ask(made);
    const digest = question.asked[0]?.digest;
    expect(() => made.permissions.decide(question.id, { ...allow(), digest: "0" }, POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.changed", status: 409 }),
    );
    expect(made.permissions.pendingCount()).toBe(1);
    expect(made.permissions.decide(question.id, { ...allow(), digest }, POPUP).status).toBe("allowed");
  });

  test("denyAll settles what waits, and says why", async () => {
    const made = core();
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
    expect(ledger(made)).toHaveLength(3);
  });

  test("five hundred at once, answered in any order, each once", async () => {
    const made = core();
    const questions = await Promise.all(
      Array.from({ length: 500 }, (_, i) => ask(made, { value: `f${i}`, session: `s${i}` })),
    );
    expect(made.permissions.pending().map(({ targetPreview }) => targetPreview)).toEqual(
      Array.from({ length: 500 }, (_, i) => `f${i}`),
    );
    for (const [i, { id }] of [...questions.entries()].toReversed()) {
      made.permissions.decide(id, i % 2 === 0 ? allow() : deny(), POPUP);
    }
    const answers = await Promise.all(questions.map(({ answer }) => answer));
    expect(answers.map(({ outcome }) => outcome === "allowed")).toEqual(answers.map((_, i) => i % 2 === 0));
    made.clock.advance(600_000);
    expect(ledger(made)).toHaveLength(500);
  });
});

describe("the policy", () => {
  test("allows silently, on record", async () => {
    const made = core({ rules: { channels: { cli: "trusted" } } });
    const question = await ask(made, { client: "cli:x" });
    expect(await question.answer).toMatchObject({
      outcome: "allowed",
      decidedBy: { kind: "policy", name: "channel cli: trusted" },
      permission: null,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(question.asked).toEqual([]);
    expect(ledger(made)).toEqual([
      expect.objectContaining({ permissionId: null, outcome: "allowed", waitedMs: 0 }),
    ]);
    expect(made.payloads("permissions.recorded")).toEqual(ledger(made));
  });

  test("denies silently, on record, and goes before a grant", async () => {
    const channels: Record<string, "read_only"> = {};
    const made = core({ rules: { channels } });
    const first = await ask(made, { client: "bot:1" });
    made.permissions.decide(first.id, allow("forever"), POPUP);
    channels["bot"] = "read_only";
    const second = await ask(made, { client: "bot:1" });
    expect(await second.answer).toMatchObject({
      outcome: "denied",
      reason: "permission denied: bot channel is read-only",
    });
    expect(ledger(made)[0]).toMatchObject({ outcome: "denied", decidedBy: { kind: "policy" } });
  });

  test("one that nobody understands allows nothing", async () => {
    const made = core({ rules: { defaultTier: "yolo" as "prompt" } });
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
    const made = core();
    const question = await ask(made);
    failFor(made, when);
    expect(() => made.permissions.decide(question.id, allow("forever"), POPUP)).toThrow("disk full");
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
    expect(() => made.permissions.decide(question.id, allow(), POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.already_settled", data: answer.permission }),
    );
  });

  test("never allows silently, and reports it", async () => {
    const made = core({ rules: { defaultTier: "trusted" } });
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
    const made = core();
    const first = await ask(made);
    made.permissions.decide(first.id, allow("forever"), POPUP);
    made.db.exec("DROP TABLE decisions");
    const second = await ask(made);
    expect((await second.answer).outcome).toBe("denied");
    expect(made.permissions.grants()[0]?.useCount).toBe(0);
  });

  test("what can't even be asked is denied, and told as settled", async () => {
    const made = core();
    failFor(made, "INSERT ON permission_requests");
    const question = await ask(made);
    expect(await question.answer).toMatchObject({
      outcome: "denied",
      decidedBy: { kind: "system", name: "storage" },
      permission: { id: question.id, status: "denied" },
    });
    expect(made.permissions.pendingCount()).toBe(0);
    expect(made.reported).toHaveLength(1);
    expect(made.clock.waiting).toBe(0);
  });

  test("a time-out that can't be recorded still ends the wait, and is reported", async () => {
    const made = core();
    const question = await ask(made);
    failFor(made, "INSERT ON decisions");
    made.clock.advance(600_000);
    expect((await question.answer).outcome).toBe("denied");
    expect(made.reported).toHaveLength(1);
  });
});

describe("after a restart", () => {
  test("what waited is withdrawn with a reason, and can't be answered", async () => {
    const before = core();
    const question = await ask(before);
    const settled = await ask(before);
    before.permissions.decide(settled.id, allow(), POPUP);
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
    expect(ledger(after)[0]).toMatchObject({
      permissionId: question.id,
      outcome: "withdrawn",
      waitedMs: 5_000,
    });
    expect(() => after.permissions.decide(question.id, allow(), POPUP)).toThrow(
      expect.objectContaining({ code: "permissions.already_settled" }),
    );
    createCore({ db: before.db, clock: before.clock });
    expect(ledger(after)).toHaveLength(2);
  });

  test("grants are still there, with their use", async () => {
    const before = core();
    before.permissions.decide((await ask(before)).id, allow("session"), POPUP);
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
    const made = core();
    for (let i = 0; i < 5; i += 1) {
      const question = await ask(made, { value: `report-${i}.txt` });
      made.permissions.decide(question.id, i % 2 === 0 ? allow() : deny(), POPUP);
    }
    const targets = (options: Parameters<typeof made.permissions.decisions>[0]) =>
      made.permissions.decisions(options).decisions.map(({ targetPreview }) => targetPreview);
    const first = made.permissions.decisions({ limit: 2 });
    expect(first.decisions.map(({ targetPreview }) => targetPreview)).toEqual([
      "report-4.txt",
      "report-3.txt",
    ]);
    const second = made.permissions.decisions({ limit: 2, after: first.next ?? "" });
    expect(second.decisions.map(({ targetPreview }) => targetPreview)).toEqual([
      "report-2.txt",
      "report-1.txt",
    ]);
    expect(made.permissions.decisions({ limit: 2, after: second.next ?? "" }).next).toBeNull();
    expect(targets({ limit: 9, outcome: "denied" })).toEqual(["report-3.txt", "report-1.txt"]);
    expect(targets({ limit: 9, search: "report-3" })).toEqual(["report-3.txt"]);
    expect(targets({ limit: 9, search: "report", outcome: "allowed" })).toHaveLength(3);
    expect(targets({ limit: 9, search: "claude touch" })).toHaveLength(5);
    expect(targets({ limit: 9, search: 'no" OR act:*' })).toEqual([]);
    expect(() => made.permissions.decisions({ limit: 1, after: "x" })).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  });
});
