import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { typesOf } from "../../fixtures/event-stream.ts";
import { checkMessageAsGo } from "../../fixtures/go-events.ts";
import type { ErrorBody, WireMessage } from "../../fixtures/glue-wire.ts";
import { call, payloadsOf, runErrorOf, writeFile } from "../../fixtures/glue.ts";
import { expect, test } from "../../fixtures/test.ts";

const refusalOf = (answer: { json: unknown }) => (answer.json as ErrorBody).error;

test.describe("Glue contract 9: permission requests", () => {
  test("52 a gated call is shown before it is asked for, whole", async ({ glue }) => {
    const before = Date.now();
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt", "hello"));
    expect(typesOf(waiting.stream.frames).slice(-2)).toEqual(["tool_start", "permission_request"]);
    expect(waiting.permissionId).toMatch(/^perm_[0-9a-f]{32}$/);
    expect(waiting.permission.request).toMatchObject({
      tool: "write_file",
      action: "write_file",
      target: "a.txt",
      session_id: "s",
    });
    expect(waiting.permission.request?.args).toMatchObject({ path: "a.txt", content: "hello" });
    const waits = Date.parse(waiting.permission.expires_at ?? "") - before;
    expect(waits).toBeGreaterThan(590_000);
    expect(waits).toBeLessThan(615_000);
  });

  test("53 an allowed call runs once", async ({ daemon, glue }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt", "hello"));
    const answer = await glue.decide(waiting.runId, waiting.permissionId, { allow: true });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ permission_id: waiting.permissionId, accepted: true });
    const frames = await waiting.stream.ended;
    const ends = payloadsOf(frames, "tool_end");
    expect(ends).toHaveLength(1);
    expect(ends[0]?.tool_result).not.toHaveProperty("is_error");
    expect(frames.at(-1)?.event).toBe("run_done");
    expect(readFileSync(join(daemon.place.work, "a.txt"), "utf8")).toBe("hello");
    expect(payloadsOf(frames, "permission_settled")).toEqual([
      expect.objectContaining({ permission_id: waiting.permissionId, outcome: "allowed" }),
    ]);
  });

  test("54 a denied call does not run, and the run goes on with the reason", async ({ daemon, glue }) => {
    const waiting = await glue.runUntilAsked("s", `${writeFile("a.txt")}\nand on`);
    const frames = await glue.answer(waiting, { allow: false, reason: "not now" });
    expect(payloadsOf(frames, "tool_end")[0]?.tool_result).toEqual({
      content: [{ type: "text", text: "not now" }],
      is_error: true,
    });
    expect(frames.at(-1)?.envelope.payload.text).toBe("and on");
    expect(existsSync(join(daemon.place.work, "a.txt"))).toBe(false);
  });

  test("2.3 a result is a list of parts, and its message carries what the tool says about it", async ({
    daemon,
    glue,
  }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt", "hello"));
    const frames = await glue.answer(waiting, { allow: true });
    const [ended] = payloadsOf(frames, "tool_end");
    const metadata = { path: "a.txt", bytes: 5, overwritten: false };
    const content = [{ type: "text", text: expect.stringContaining("a.txt") as unknown }];
    expect(ended?.tool_result).toEqual({ content, metadata });
    expect(ended?.message).toMatchObject({ role: "tool", content, metadata });
    expect(payloadsOf(frames, "run_done")[0]?.new_messages).toContainEqual(ended?.message);
    expect(payloadsOf(frames, "loop_end")[0]?.messages).toContainEqual(ended?.message);
    const kept = (await daemon.api.get("/v1/sessions/s/messages")).json as { messages: WireMessage[] };
    expect(kept.messages).toContainEqual({ index: 2, ...ended?.message });
    for (const message of kept.messages) checkMessageAsGo(message);
  });

  test("55 a denial without a word gets the daemon's", async ({ glue }) => {
    for (const body of [{ allow: false }, {}, { allow: false, reason: "  " }, { allow: null }]) {
      const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
      expect((await glue.decide(waiting.runId, waiting.permissionId, body)).json).toMatchObject({
        accepted: true,
      });
      const frames = await waiting.stream.ended;
      expect(payloadsOf(frames, "tool_end")[0]?.tool_result?.content).toEqual([
        { type: "text", text: "permission denied by daemon client" },
      ]);
    }
  });

  test("56 another client's name in the header is refused", async ({ glue }) => {
    const start = { text: writeFile("a.txt"), client_id: "telegram:1" };
    for (const headers of [{}, { "x-glue-client-id": "telegram:1" }, { "x-glue-client-id": "" }] as const) {
      const waiting = await glue.runUntilAsked("s", start);
      for (const other of ["telegram:2", "TELEGRAM:1", "telegram:1x"]) {
        const refused = await glue.decide(
          waiting.runId,
          waiting.permissionId,
          { allow: true },
          { "x-glue-client-id": other },
        );
        expect(refused.status).toBe(403);
        expect(refusalOf(refused)).toEqual({
          code: "forbidden",
          message: "permission decision belongs to another client",
          retryable: false,
        });
      }
      expect((await glue.decide(waiting.runId, waiting.permissionId, {}, headers)).status).toBe(200);
      await waiting.stream.ended;
    }
  });

  test("57 a run of nobody takes an answer from anybody", async ({ glue }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    const answer = await glue.decide(
      waiting.runId,
      waiting.permissionId,
      {},
      { "x-glue-client-id": "whoever" },
    );
    expect(answer.status).toBe(200);
  });

  test("58 an unknown scope is refused, and the request still waits", async ({ glue }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    for (const scope of [
      "workspace",
      "SESSION",
      "Forever",
      "once",
      "__proto__",
      "constructor",
      "minutes_15",
    ]) {
      const refused = await glue.decide(waiting.runId, waiting.permissionId, {
        allow: true,
        remember_for: scope,
      });
      expect(refused.status, scope).toBe(400);
      expect(refusalOf(refused)).toMatchObject({ code: "invalid_request", message: "invalid remember_for" });
    }
    expect(
      (await glue.decide(waiting.runId, waiting.permissionId, { allow: true, remember_for: " session " }))
        .status,
    ).toBe(200);
    expect(typesOf(await waiting.stream.ended)).toContain("run_done");
  });

  test("59 a wrong id, a second answer and all but one of three at once are 404", async ({
    glue,
    native,
  }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    const other = await glue.runUntilAsked("t", writeFile("b.txt"));
    for (const id of ["perm_00000000000000000000000000000000", "x", other.permissionId]) {
      const answer = await glue.decide(waiting.runId, id, { allow: true });
      expect(answer.status).toBe(404);
      expect(refusalOf(answer).message).toBe("permission request not found");
    }
    const answers = await Promise.all(
      [{ allow: true }, { allow: false }, { allow: true }].map((body) =>
        glue.decide(waiting.runId, waiting.permissionId, body),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
    await waiting.stream.ended;
    expect((await glue.decide(waiting.runId, waiting.permissionId, { allow: true })).status).toBe(404);
    const told = (await native.ledger()).filter(({ permissionId }) => permissionId === waiting.permissionId);
    expect(told).toHaveLength(1);
  });

  test("60 an unknown run goes before a bad body, a foreign client too", async ({ glue }) => {
    const unknown = await glue.decide("run_00000000000000000000000000000000", "x", "{");
    expect([unknown.status, refusalOf(unknown).message]).toEqual([404, "run not found"]);
    const waiting = await glue.runUntilAsked("s", { text: writeFile("a.txt"), client_id: "a" });
    const foreign = await glue.decide(waiting.runId, waiting.permissionId, "{", { "x-glue-client-id": "b" });
    expect(foreign.status).toBe(403);
    const bad = await glue.decide(waiting.runId, "x", "{");
    expect([bad.status, refusalOf(bad).message]).toEqual([400, "invalid JSON body"]);
    const scope = await glue.decide(waiting.runId, "x", { remember_for: "y" });
    expect(scope.status).toBe(400);
    for (const body of [{ allow: "true" }, { allow: 1 }, { reason: 1 }, { remember_for: [] }, []]) {
      expect(
        (await glue.decide(waiting.runId, waiting.permissionId, body)).status,
        JSON.stringify(body),
      ).toBe(400);
    }
  });

  test.describe("with a short time limit", () => {
    test.use({ daemonOptions: { args: ["--permission-timeout", "300ms"] } });
    test("61 no answer in time is a denial, and a late one is 404", async ({ glue, native }) => {
      const waiting = await glue.runUntilAsked("s", `${writeFile("a.txt")}\nand on`);
      const frames = await waiting.stream.ended;
      expect(payloadsOf(frames, "tool_end")[0]?.tool_result).toEqual({
        content: [{ type: "text", text: "permission denied: daemon permission request timed out" }],
        is_error: true,
      });
      expect(frames.at(-1)?.event).toBe("run_done");
      expect((await glue.decide(waiting.runId, waiting.permissionId, { allow: true })).status).toBe(404);
      expect((await native.ledger())[0]).toMatchObject({
        outcome: "expired",
        decidedBy: { kind: "timeout" },
      });
    });
  });

  test.describe("without a time limit", () => {
    test.use({ daemonOptions: { args: ["--permission-timeout", "0"] } });
    test("61 a time limit of 0 is none, in a form that Go clients decode", async ({ glue }) => {
      const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
      expect(waiting.permission.expires_at).toBeNull();
      expect((await glue.answer(waiting, { allow: true })).at(-1)?.event).toBe("run_done");
    });
  });

  test("51 a run that waits is cancelled, and a later answer is 404", async ({ glue, native }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    expect((await glue.cancel(waiting.runId)).status).toBe(202);
    expect(runErrorOf(await waiting.stream.ended)?.code).toBe("canceled");
    const late = await glue.decide(waiting.runId, waiting.permissionId, { allow: true });
    expect(late.status).toBe(404);
    expect((await native.permission(waiting.permissionId)).status).toBe("withdrawn");
  });

  test("51 so is one whose client goes away; that is never a yes", async ({ daemon, glue, native }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    waiting.stream.leave();
    await expect.poll(async () => (await native.permission(waiting.permissionId)).status).toBe("withdrawn");
    expect(await native.pending()).toEqual([]);
    expect(existsSync(join(daemon.place.work, "a.txt"))).toBe(false);
  });

  test("73 arguments are shown and asked about as the tool takes them", async ({ glue }) => {
    const command = await glue.runUntilAsked(
      "s",
      call("shell_exec", { argv: ["git", "commit", "-m", "a b"] }),
    );
    expect(command.permission.request).toMatchObject({ action: "exec", target: "git commit -m a b" });
    const overwrite = await glue.runUntilAsked(
      "t",
      call("write_file", { overwrite: true, path: "a", content: "" }),
    );
    expect(overwrite.permission.request?.target).toBe("a (overwrite)");
  });

  test("74 of two calls in one turn each is asked for, and both are told in order", async ({
    modelGlue: glue,
    model,
  }) => {
    model.script(
      {
        toolCalls: [
          { name: "write_file", arguments: { path: "a", content: "a" } },
          { name: "write_file", arguments: { path: "b", content: "b" } },
        ],
      },
      { text: "done" },
    );
    const waiting = await glue.runUntilAsked("s", "go");
    await glue.decide(waiting.runId, waiting.permissionId, { allow: true });
    const second = await waiting.stream.first(
      ({ event, envelope }) => event === "permission_request" && envelope.payload.request?.target === "b",
    );
    await glue.decide(waiting.runId, second.envelope.payload.permission_id ?? "", {
      allow: false,
      reason: "no",
    });
    const frames = await waiting.stream.ended;
    const told = typesOf(frames).filter((type) => type.startsWith("tool_"));
    expect(told).toEqual(["tool_start", "tool_start", "tool_end", "tool_end"]);
    expect(payloadsOf(frames, "tool_end").map(({ tool_result }) => tool_result?.is_error === true)).toEqual([
      false,
      true,
    ]);
  });

  test("75 the same call again and again gets a nudge, then a halt", async ({ modelGlue: glue, model }) => {
    for (let at = 0; at < 8; at += 1)
      model.script({ toolCalls: [{ name: "list_dir", arguments: { path: "." } }] });
    const frames = await glue.run("s", "go");
    expect(payloadsOf(frames, "guardrail").map(({ metadata }) => metadata)).toEqual([
      { kind: "repeat", count: 3, action: "nudge" },
      { kind: "repeat", count: 5, action: "halt" },
    ]);
    expect(frames.at(-1)?.event).toBe("run_error");
  });

  test("75 rounds of nothing but failures get a nudge, then a halt; denials count", async ({
    modelGlue: glue,
    model,
  }) => {
    for (let at = 0; at < 8; at += 1)
      model.script({ toolCalls: [{ name: "read_file", arguments: { path: `missing${at}` } }] });
    const frames = await glue.run("s", "go");
    expect(payloadsOf(frames, "guardrail").map(({ metadata }) => metadata)).toEqual([
      { kind: "mistakes", count: 3, action: "nudge" },
      { kind: "mistakes", count: 6, action: "halt" },
    ]);
  });
});

test.describe("Glue contract 9: policy", () => {
  test.describe("by channel", () => {
    const channels = { cli: "trusted", telegram: "read_only" };
    test.use({ daemonOptions: { settings: { permissions: { default_tier: "prompt", channels } } } });
    test("72 trusted runs silently, read-only is denied, the rest is asked", async ({ glue, native }) => {
      const trusted = await glue.run("s", { text: writeFile("a.txt"), client_id: "cli:x" });
      expect(typesOf(trusted)).not.toContain("permission_request");
      expect(payloadsOf(trusted, "tool_end")[0]?.tool_result).not.toHaveProperty("is_error");
      const readOnly = await glue.run("s", { text: writeFile("b.txt"), client_id: "telegram:1" });
      expect(typesOf(readOnly)).not.toContain("permission_request");
      expect(payloadsOf(readOnly, "tool_end")[0]?.tool_result).toEqual({
        content: [{ type: "text", text: "permission denied: telegram channel is read-only" }],
        is_error: true,
      });
      for (const client of ["cli", "trusted", "", "xcli:1"]) {
        const asked = await glue.runUntilAsked("s", { text: writeFile("c.txt"), client_id: client });
        await glue.answer(asked, {});
      }
      const bySession = await glue.run("telegram:9", writeFile("d.txt"));
      expect(payloadsOf(bySession, "tool_end")[0]?.tool_result?.is_error).toBe(true);
      const silent = (await native.ledger()).filter(({ decidedBy }) => decidedBy.kind === "policy");
      expect(silent.map(({ outcome }) => outcome)).toEqual(["denied", "denied", "allowed"]);
    });
  });

  for (const [tier, isError] of [
    ["trusted", undefined],
    ["read_only", true],
  ] as const) {
    test.describe(`default ${tier}`, () => {
      test.use({ daemonOptions: { settings: { permissions: { default_tier: tier } } } });
      test(`71 the default tier ${tier} asks nobody`, async ({ glue }) => {
        const frames = await glue.run("s", writeFile("a.txt"));
        expect(typesOf(frames)).not.toContain("permission_request");
        const result = payloadsOf(frames, "tool_end")[0]?.tool_result;
        expect(result?.is_error).toBe(isError);
        if (isError)
          expect(result?.content).toEqual([
            { type: "text", text: "permission denied: channel is read-only" },
          ]);
      });
    });
  }
});
