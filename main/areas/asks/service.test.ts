import { describe, expect, test } from "vitest";
import type { PermissionId, SessionId } from "../../contract/ids.ts";
import { MAX_PROPOSAL_CHARACTERS } from "../../contract/limits.ts";
import { personAt, type AccessScope, type Principal } from "../../contract/principal.ts";
import { createCore, turn, type CoreOptions } from "../../testing/core.ts";
import { asks } from "./contract.ts";
import { createAskService } from "./service.ts";

const AT_POPUP = personAt("popup");

const agent = (name: string, id = `key_${name}`): Principal => ({
  kind: "agent",
  id,
  name,
  door: "api",
  proof: "token",
  scopes: new Set<AccessScope>(["ask"]),
  label: "something else",
});
const CODEX = agent("codex");

function create(options: CoreOptions = {}) {
  const core = createCore(options);
  const service = createAskService(core);
  const ask = (given: object = {}, principal = CODEX) =>
    service.ask(
      asks.endpoints.ask.input.parse({
        proposal: { kind: "shell", text: "git push" },
        door: "hook",
        folder: "/code/app",
        ...given,
      }),
      principal,
    );
  /** Asks and expects that a person has to be asked. */
  const pending = async (given: object = {}, principal = CODEX): Promise<PermissionId> => {
    const { id, status } = await ask(given, principal);
    if (id === null || status !== "pending") throw new Error(`it is ${status}`);
    return id;
  };
  const allow = (id: PermissionId) =>
    core.permissions.decide(id, { decision: "allow", scope: "once" }, AT_POPUP);
  return { ...core, service, ask, pending, allow };
}

describe("asking", () => {
  test("more than a person could answer is refused, to this asker alone, until some are answered", async () => {
    const { ask, pending, allow } = create();
    const first = await pending();
    for (let i = 1; i < 200; i += 1) await pending();
    await expect(ask()).rejects.toMatchObject({ code: "asks.too_many", status: 429 });
    await pending({}, agent("other"));
    allow(first);
    await turn();
    await pending();
  });

  test("more than a person could look through is refused before it is judged", async () => {
    const { ask, pending } = create();
    const shell = (length: number) => ({ kind: "shell", text: `echo ${"x".repeat(length)}` });
    const call = (args: unknown) => ({ kind: "call", tool: "t", arguments: args });
    await pending({ proposal: shell(1000) });
    await pending({ proposal: shell(MAX_PROPOSAL_CHARACTERS - 100) });
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
    for (const proposal of [
      shell(MAX_PROPOSAL_CHARACTERS),
      call({ ["k".repeat(MAX_PROPOSAL_CHARACTERS)]: 1 }),
      call(Array.from({ length: 20_000 }, () => 1)),
      call(deep),
    ]) {
      await expect(ask({ proposal })).rejects.toMatchObject({ code: "asks.too_large", status: 413 });
    }
  });

  test("is inspected, on record before it is told, and says who asks from where", async () => {
    const { service, permissions, pending, db } = create();
    const id = await pending({ sessionId: "s1" as SessionId, callId: "toolu_1" });
    expect(db.prepare("SELECT status FROM permission_requests WHERE id = ?").pluck().get(id)).toBe("pending");
    expect(permissions.get(id)).toMatchObject({
      door: "hook",
      runId: null,
      sessionId: "s1",
      clientId: "codex",
      callId: "toolu_1",
      workDir: "/code/app",
      asker: { kind: "agent", id: "key_codex", name: "codex" },
      tool: "command",
      action: "exec",
      target: "git push",
      arguments: { kind: "shell", text: "git push" },
      presentation: { act: "run `git push`", body: { kind: "command" } },
    });
    expect(await service.get(id, 0, CODEX)).toMatchObject({ id, status: "pending", reason: null });
  });

  test.each([
    [{ kind: "program", argv: ["git", "status"] }, "command", "git status"],
    [
      { kind: "file_change", path: "a.txt", status: "created", before: "", after: "x" },
      "file_change",
      "a.txt",
    ],
    [{ kind: "network", url: "https://example.org/" }, "network", "GET https://example.org/"],
    [{ kind: "mcp", server: "mail", tool: "send", arguments: {} }, "mail/send", "send of mail"],
    [{ kind: "call", tool: "Deploy", arguments: { to: "prod" } }, "Deploy", "Deploy"],
  ])("takes %j", async (proposal, tool, target) => {
    const { permissions, pending } = create();
    expect(permissions.get(await pending({ proposal }))).toMatchObject({ tool, target });
  });

  test("a folder is absolute, and has one name", async () => {
    const { ask, permissions, pending } = create();
    await expect(ask({ folder: "app" })).rejects.toMatchObject({
      code: "asks.folder_not_absolute",
      status: 422,
    });
    expect(permissions.get(await pending({ folder: "/code/x/../app/" })).workDir).toBe("/code/app");
  });

  test("a key goes by its own name, so that it can't use what another one was granted", async () => {
    const { ask, allow: _allow, permissions, pending } = create();
    const proposal = { kind: "call", tool: "Deploy", arguments: {} };
    const id = await pending({ proposal });
    permissions.decide(id, { decision: "allow", scope: "forever" }, AT_POPUP);
    expect(await ask({ proposal })).toMatchObject({ id: null, status: "allowed" });
    const posing = await ask({ proposal, agent: "codex" }, agent("evil"));
    expect(posing.status).toBe("pending");
    expect(permissions.pending()).toMatchObject([{ clientId: "evil" }]);
  });

  test("a rule answers at once, on record", async () => {
    const { ask, permissions } = create({ rules: { defaultTier: "read_only" } });
    expect(await ask()).toEqual({
      id: null,
      status: "denied",
      reason: "permission denied: channel is read-only",
      expiresAt: null,
    });
    expect((await permissions.decisions({ limit: 9 })).decisions).toMatchObject([
      { door: "hook", runId: null, sessionId: null, outcome: "denied", asker: { id: "key_codex" } },
    ]);
  });

  test("what can't be put on record is denied", async () => {
    const { ask, db } = create();
    db.exec(
      "CREATE TEMP TRIGGER fails BEFORE INSERT ON permission_requests BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    expect(await ask()).toMatchObject({
      status: "denied",
      reason: expect.stringContaining("recorded") as string,
    });
  });
});

describe("waiting for the answer", () => {
  test("ends with it, for everybody who waits", async () => {
    const { service, pending, allow } = create();
    const id = await pending();
    const [one, two] = [service.get(id, 20_000, CODEX), service.get(id, 20_000, CODEX)];
    allow(id);
    expect(await Promise.all([one, two])).toMatchObject([{ status: "allowed" }, { status: "allowed" }]);
    expect(await service.get(id, 20_000, CODEX)).toMatchObject({ id, status: "allowed" });
  });

  test("ends without one when the time is up", async () => {
    const { service, pending, clock } = create();
    const id = await pending();
    const poll = service.get(id, 20_000, CODEX);
    clock.advance(20_000);
    expect(await poll).toMatchObject({ id, status: "pending" });
  });

  test("keeps it alive; when nobody has waited for so long it is withdrawn", async () => {
    const { service, permissions, pending, clock, db } = create({ rules: { timeoutMs: null } });
    const before = clock.waiting;
    const id = await pending({ patienceSeconds: 10 });
    clock.advance(9_999);
    const poll = service.get(id, 60_000, CODEX);
    clock.advance(60_000);
    expect((await poll).status).toBe("pending");
    clock.advance(9_999);
    expect(permissions.find(id)?.status).toBe("pending");
    clock.advance(1);
    expect(permissions.find(id)).toMatchObject({
      status: "withdrawn",
      decidedBy: { kind: "system", name: "left" },
      reason: "nobody waited for the answer any more",
    });
    expect(await service.get(id, 60_000, CODEX)).toMatchObject({ status: "withdrawn" });
    expect(db.prepare("SELECT outcome FROM decisions").pluck().all()).toEqual(["withdrawn"]);
    // The ledger's word index follows in slices, from a second later on.
    clock.advance(1_100);
    expect(clock.waiting).toBeLessThanOrEqual(before);
  });

  test("after a restart it is withdrawn, and whoever asked still learns of it", async () => {
    const before = create();
    const id = await before.pending();
    const { service } = create({ db: before.db, clock: before.clock });
    expect(await service.get(id, 60_000, CODEX)).toEqual({
      id,
      status: "withdrawn",
      reason: "Gatehouse stopped while this was waiting",
      expiresAt: expect.any(Number) as number,
    });
  });

  test("an answer leaves nothing behind", async () => {
    const { service, pending, allow, clock } = create({ rules: { timeoutMs: null } });
    const before = clock.waiting;
    const id = await pending();
    const poll = service.get(id, 20_000, CODEX);
    allow(id);
    await poll;
    await turn();
    // The ledger's word index follows in slices, from a second later on.
    clock.advance(1_100);
    expect(clock.waiting).toBeLessThanOrEqual(before);
  });
});

describe("a machine that slept", () => {
  test("finds nobody there whose patience was over before, and nothing that could be allowed", async () => {
    const { permissions, service, clock, pending, allow } = create();
    const id = await pending({ patienceSeconds: 10 });
    clock.suspend(10_000);
    expect(() => allow(id)).toThrow(
      expect.objectContaining({ code: "permissions.already_settled", status: 409 }),
    );
    expect(permissions.find(id)).toMatchObject({ status: "withdrawn", decidedBy: { name: "left" } });
    expect((await service.get(id, 0, CODEX)).status).toBe("withdrawn");
  });

  test("whoever asks again after it has left is told that it was taken back", async () => {
    const { service, clock, pending } = create();
    const id = await pending({ patienceSeconds: 10 });
    clock.suspend(10_000);
    expect((await service.get(id, 0, CODEX)).status).toBe("withdrawn");
  });
});

describe("one's own questions", () => {
  test("are all that can be seen or taken back", async () => {
    const { service, permissions, pending } = create();
    const id = await pending();
    const other = agent("codex", "key_other");
    await expect(service.get(id, 0, other)).rejects.toMatchObject({ code: "asks.not_found", status: 404 });
    expect(() => service.withdraw(id, other)).toThrow(expect.objectContaining({ code: "asks.not_found" }));
    expect(permissions.find(id)?.status).toBe("pending");
  });

  test("are taken back once, and an answer stands", async () => {
    const { service, pending, allow, permissions } = create();
    const id = await pending();
    const poll = service.get(id, 20_000, CODEX);
    expect(service.withdraw(id, CODEX)).toMatchObject({ status: "withdrawn" });
    expect(service.withdraw(id, CODEX)).toMatchObject({ status: "withdrawn" });
    expect(await poll).toMatchObject({ status: "withdrawn", reason: "whoever asked took the question back" });
    const allowed = await pending();
    allow(allowed);
    expect(service.withdraw(allowed, CODEX)).toMatchObject({ status: "allowed" });
    expect(permissions.find(id)?.decidedBy).toEqual({ kind: "system", name: "asker" });
  });
});
