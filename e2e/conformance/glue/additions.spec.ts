import { typesOf } from "../../fixtures/event-stream.ts";
import { eventually } from "../../fixtures/eventually.ts";
import { createGlueClient } from "../../fixtures/glue-client.ts";
import type { ErrorBody, WireMessage, WireRun } from "../../fixtures/glue-wire.ts";
import { createGlue, runErrorOf, writeFile } from "../../fixtures/glue.ts";
import { createNative } from "../../fixtures/native.ts";
import { expect, test } from "../../fixtures/test.ts";

const UNKNOWN_RUN = "run_00000000000000000000000000000000";

test.describe("additions: sessions", () => {
  test("are listed with the last used first, and found by words", async ({ daemon, glue }) => {
    await glue.run("telegram:42", "first words");
    await glue.run("a/b ✓", "second words");
    await glue.run("telegram:42", "third words");
    const list = async (query = "") =>
      ((await daemon.api.get(`/v1/sessions${query}`)).json as { sessions: { id: string }[] }).sessions;
    expect((await list()).map(({ id }) => id)).toEqual(["telegram:42", "a/b ✓"]);
    expect((await list("?limit=1")).map(({ id }) => id)).toEqual(["telegram:42"]);
    expect((await list("?query=second")).map(({ id }) => id)).toEqual(["a/b ✓"]);
    expect((await list("?query=telegram")).map(({ id }) => id)).toEqual(["telegram:42"]);
    for (const limit of ["0", "-1", "x", "99999"]) expect(await list(`?limit=${limit}`)).toHaveLength(2);
  });

  test("one is read by its id, with its counts", async ({ daemon, glue }) => {
    await glue.run("a/b", "hello there");
    const answer = await daemon.api.get("/v1/sessions/a%2Fb");
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      session: {
        id: "a/b",
        title: "hello there",
        created_at: expect.any(String) as unknown,
        updated_at: expect.any(String) as unknown,
        messages: 2,
        user_messages: 1,
        assistant_messages: 1,
        runs: 1,
      },
    });
    const unknown = await daemon.api.get("/v1/sessions/nobody");
    expect([unknown.status, (unknown.json as ErrorBody).error.message]).toEqual([404, "session not found"]);
  });

  test("messages come in order and page by page", async ({ daemon, glue }) => {
    for (const text of ["one", "two", "three"]) await glue.run("s", text);
    const page = async (query = "") =>
      (await daemon.api.get(`/v1/sessions/s/messages${query}`)).json as {
        messages: (WireMessage & { index: number })[];
        total: number;
      };
    const all = await page();
    expect(all.total).toBe(6);
    expect(all.messages.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
    expect(all.messages.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await page("?limit=2")).messages.map(({ index }) => index)).toEqual([0, 1]);
    expect((await page("?after=3&limit=1")).messages.map(({ index }) => index)).toEqual([4]);
    expect((await page("?after=99")).messages).toEqual([]);
    expect((await daemon.api.get("/v1/sessions/nobody/messages")).status).toBe(404);
  });
});

test.describe("additions: runs", () => {
  test("are listed newest first, and by status", async ({ daemon, glue }) => {
    const first = await glue.start("s", "hello");
    await glue.events(first.run_id);
    const failed = await glue.start("s", { skill: "none" });
    await glue.events(failed.run_id);
    const waiting = await glue.runUntilAsked("t", { text: writeFile("a"), client_id: "c" });
    const ids = async (query = "") =>
      ((await daemon.api.get(`/v1/runs${query}`)).json as { runs: WireRun[] }).runs.map(
        ({ run_id }) => run_id,
      );
    expect(await ids()).toEqual([waiting.runId, failed.run_id, first.run_id]);
    expect(await ids("?limit=1")).toEqual([waiting.runId]);
    expect(await ids("?status=active")).toEqual([waiting.runId]);
    expect(await ids("?status=failed")).toEqual([failed.run_id]);
    expect(await ids("?status=done")).toEqual([first.run_id]);
    expect((await daemon.api.get("/v1/runs?status=unknown")).status).toBe(400);
    expect(await glue.runOf(waiting.runId)).toMatchObject({
      status: "waiting",
      session_id: "t",
      client_id: "c",
      detached: false,
    });
  });

  test("one is read by its id, with how it ended", async ({ daemon, glue }) => {
    const { run_id: runId, events_url } = await glue.start("s", { skill: "none", client_id: "c" });
    const frames = await glue.events(runId);
    expect(await glue.runOf(runId)).toMatchObject({
      run_id: runId,
      status: "failed",
      error: { code: "internal", retryable: false },
      last_seq: frames.length,
      events_url,
    });
    expect((await daemon.api.get(`/v1/runs/${UNKNOWN_RUN}`)).status).toBe(404);
  });
});

test.describe("additions: going on after an event", () => {
  test("Last-Event-ID and ?after= leave out what is known", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "/list_dir {}\none two three");
    const all = await glue.events(runId);
    for (const at of [0, 1, 5, all.length - 2]) {
      const known = all[at];
      const rest = all.slice(at + 1);
      const byId = await glue.stream(runId, { "last-event-id": known?.id ?? "" });
      expect(await byId.ended).toEqual(rest);
      const byQuery = await glue.stream(runId, {}, `?after=${at + 1}`);
      expect(await byQuery.ended).toEqual(rest);
    }
    const nothing = await glue.stream(runId, { "last-event-id": all.at(-1)?.id ?? "" });
    expect(await nothing.ended).toEqual([]);
  });

  test("an event id that is none of this run's is no place to go on from", async ({ glue }) => {
    const other = await glue.run("t", "other words");
    const { run_id: runId } = await glue.start("s", "one two");
    const all = await glue.events(runId);
    for (const id of [other[2]?.id ?? "", "evt_x", "7", "evt_ffffffffffffffffffffffffffffffff"]) {
      expect(await (await glue.stream(runId, { "last-event-id": id })).ended, id).toEqual(all);
    }
    for (const query of ["?after=", "?after=-1", "?after=x", "?after=1.5", "?x=1", "?after[]=2"]) {
      expect(await (await glue.stream(runId, {}, query)).ended, query).toEqual(all);
    }
  });

  test("in the middle of a run, what is there and what comes later are joined without a seam", async ({
    modelGlue: glue,
    model,
  }) => {
    model.script({ text: "a b c d e f g h i j k l", delayMs: 25 });
    const { run_id: runId } = await glue.start("s", "go");
    const live = await glue.stream(runId);
    const seen = await live.first(({ envelope }) => envelope.seq === 7);
    const resumed = await glue.stream(runId, { "last-event-id": seen.id });
    const [all, rest] = await Promise.all([live.ended, resumed.ended]);
    expect(rest).toEqual(all.slice(7));
  });
});

test.describe("additions: detached runs", () => {
  test("go on when their watchers leave", async ({ modelGlue: glue, model }) => {
    model.script({ text: "a b c d e f", delayMs: 30 });
    const { run_id: runId } = await glue.start("s", { text: "go", detached: true });
    const stream = await glue.stream(runId);
    await stream.firstOf("text_delta");
    stream.leave();
    await eventually(glue.status, ({ active_runs }) => active_runs === 0);
    expect(typesOf(await glue.events(runId)).at(-1)).toBe("run_done");
    expect((await glue.runOf(runId)).detached).toBe(true);
  });

  test("can still be cancelled, and their requests answered by whoever comes", async ({
    daemon,
    glue,
    native,
  }) => {
    const waiting = await glue.runUntilAsked("s", { text: writeFile("a"), detached: true });
    waiting.stream.leave();
    await expect
      .poll(async () => (await daemon.api.get("/v1/runs?status=active")).text)
      .toContain(waiting.runId);
    expect(await native.pending()).toHaveLength(1);
    expect((await glue.decide(waiting.runId, waiting.permissionId, { allow: true })).status).toBe(200);
    expect(typesOf(await glue.events(waiting.runId)).at(-1)).toBe("run_done");
    const other = await glue.runUntilAsked("s", { text: writeFile("b"), detached: true });
    await glue.cancel(other.runId);
    expect(runErrorOf(await other.stream.ended)?.code).toBe("canceled");
  });

  test("detached is true or false, nothing else", async ({ daemon }) => {
    for (const detached of ["true", 1, [], {}]) {
      expect((await daemon.api.post("/v1/sessions/s/runs", { text: "x", detached })).status).toBe(400);
    }
  });
});

test.describe("additions: after a restart", () => {
  test("a finished run is replayed byte for byte", async ({ start, model }) => {
    const first = await start();
    const glue = createGlue(first.api);
    const waiting = await glue.runUntilAsked("s ✓", {
      text: `one\n${writeFile("a.txt")}\ntwo three`,
      client_id: "c",
    });
    await glue.answer(waiting, { allow: true });
    await first.stop();

    const second = await start();
    const replay = await createGlue(second.api).stream(waiting.runId);
    await replay.ended;
    expect(replay.text).toBe(waiting.stream.text);
    const resumed = await createGlue(second.api).stream(waiting.runId, {
      "last-event-id": waiting.stream.frames[3]?.id ?? "",
    });
    expect(await resumed.ended).toEqual(waiting.stream.frames.slice(4));
    expect(model.requests).toHaveLength(0);
  });

  test("an interrupted run ends with an error that says so, and its request is withdrawn", async ({
    start,
  }) => {
    const first = await start();
    const waiting = await createGlue(first.api).runUntilAsked("s", `before\n${writeFile("a.txt")}`);
    first.kill("SIGKILL");
    await first.exited;
    await waiting.stream.ended.catch(() => undefined);

    const second = await start();
    const glue = createGlue(second.api);
    const frames = await glue.events(waiting.runId);
    expect(frames.slice(0, -1)).toEqual(waiting.stream.frames);
    expect(runErrorOf(frames)).toEqual({
      code: "internal",
      message: "Gatehouse stopped while this run was going on",
      retryable: false,
    });
    expect(frames.map(({ envelope }) => envelope.seq)).toEqual(frames.map((_, at) => at + 1));
    expect((await glue.status()).active_runs).toBe(0);
    expect(await glue.runOf(waiting.runId)).toMatchObject({ status: "failed", last_seq: frames.length });
    expect((await glue.decide(waiting.runId, waiting.permissionId, { allow: true })).status).toBe(404);
    expect((await glue.cancel(waiting.runId)).status).toBe(202);
    const native = createNative(second.owner);
    expect(await native.pending()).toEqual([]);
    expect(await native.permission(waiting.permissionId)).toMatchObject({
      status: "withdrawn",
      decidedBy: { kind: "system", name: "restart" },
    });
    const { text } = await second.api.get("/v1/sessions/s/messages");
    expect(text, "what was said before is kept").toContain("before");
  });

  test("the session goes on where it was", async ({ start, model }) => {
    const settings = {
      default_provider: "m",
      providers: [
        { alias: "m", type: "openai-compatible", base_url: `${model.url}/v1`, model: "m", api_key: "k" },
      ],
    };
    const first = await start({ settings });
    model.script({ text: "I am called Ada" });
    await createGlue(first.api).run("s", "who are you?");
    first.kill("SIGKILL");
    await first.exited;
    await start({ settings });
    model.script({ text: "still Ada" });
    await createGlueClient({ metadata: first.place.metadata }).run({ session: "s", prompt: "and now?" });
    const messages = model.requests[1]?.body["messages"] as { role: string; content: string }[];
    expect(JSON.stringify(messages)).toMatch(/who are you\?.*I am called Ada.*and now\?/);
  });
});

test("comment lines keep a silent stream open", async ({ glue }) => {
  test.slow();
  const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
  await eventually(async () => waiting.stream.text.includes(": ping\n\n"), Boolean, 20_000);
  expect((await glue.answer(waiting, { allow: true })).at(-1)?.event).toBe("run_done");
});
