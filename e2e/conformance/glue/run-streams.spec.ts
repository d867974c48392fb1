import { openUnread, typesOf, type Frame } from "../../fixtures/event-stream.ts";
import { eventually } from "../../fixtures/eventually.ts";
import type { ErrorBody } from "../../fixtures/glue-wire.ts";
import { payloadsOf, runErrorOf, textOf } from "../../fixtures/glue.ts";
import { expect, test } from "../../fixtures/test.ts";

/** One of each, in the order in which they first came. */
const kindsOf = (frames: readonly Frame[]): string[] => [...new Set(typesOf(frames))];

const longestLine = (text: string): number =>
  text.split("\n").reduce((longest, line) => Math.max(longest, Buffer.byteLength(line)), 0);

const TEXT_RUN = [
  "run_start",
  "loop_start",
  "turn_start",
  "message_start",
  "text_delta",
  "message_end",
  "turn_end",
  "loop_end",
  "run_done",
];

test.describe("Glue contract 9: run start and stream", () => {
  test("27 a start answers 201 with where to go on", async ({ glue }) => {
    const started = await glue.start("my session", "hello");
    expect(started.run_id).toMatch(/^run_[0-9a-f]{32}$/);
    expect(started.session_id).toBe("my session");
    expect(started.events_url).toBe(`/v1/runs/${started.run_id}/events`);
  });

  test("28 neither and both of text and skill are refused", async ({ daemon }) => {
    for (const [body, message] of [
      [{}, "text or skill is required"],
      [{ text: "  \n" }, "text or skill is required"],
      [{ text: "", skill: " " }, "text or skill is required"],
      [{ text: "x", skill: "y" }, "choose only one of text or skill"],
    ] as const) {
      const answer = await daemon.api.post("/v1/sessions/s/runs", body);
      expect(answer.status).toBe(400);
      expect((answer.json as ErrorBody).error).toMatchObject({ code: "invalid_request", message });
    }
  });

  test("29 a text run is told in order", async ({ glue }) => {
    const frames = await glue.run("s", "three words here");
    expect(kindsOf(frames)).toEqual(TEXT_RUN);
    expect(typesOf(frames).filter((type) => type !== "text_delta")).toHaveLength(TEXT_RUN.length - 1);
  });

  test("30 every envelope is complete and counted without gaps", async ({ glue }) => {
    const started = await glue.start("s", "three words here");
    const frames = await glue.events(started.run_id);
    expect(frames.map(({ envelope }) => envelope.seq)).toEqual(frames.map((_, at) => at + 1));
    expect(new Set(frames.map(({ envelope }) => envelope.id)).size).toBe(frames.length);
    for (const { envelope } of frames) {
      expect(Object.keys(envelope)).toEqual([
        "version",
        "id",
        "seq",
        "run_id",
        "session_id",
        "time",
        "type",
        "payload",
      ]);
      expect(envelope).toMatchObject({ version: 1, run_id: started.run_id, session_id: "s" });
      expect(envelope.id).toMatch(/^evt_[0-9a-f]{32}$/);
      expect(envelope.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/);
    }
  });

  test("31 frames have three lines and a blank one, nothing else", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "two\nlines\r\nand\u2028separators \u0000 <b>&amp;");
    const stream = await glue.stream(runId);
    await stream.ended;
    expect(stream.headers["content-type"]).toBe("text/event-stream");
    expect(stream.headers["cache-control"]).toBe("no-cache");
    expect(stream.headers["content-encoding"]).toBeUndefined();
    const lines = stream.text.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.length % 4).toBe(0);
    for (let at = 0; at < lines.length; at += 4) {
      const [id = "", event = "", data = "", blank] = lines.slice(at, at + 4);
      const envelope = JSON.parse(data.replace(/^data: /, "")) as { id: string; type: string };
      expect(id).toBe(`id: ${envelope.id}`);
      expect(event).toBe(`event: ${envelope.type}`);
      expect(data).toMatch(/^data: \{/);
      expect(blank).toBe("");
    }
    expect(stream.text).not.toContain("\r");
  });

  test("31 the stream is not compressed for clients that could take it", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "hello");
    const stream = await glue.stream(runId, { "accept-encoding": "gzip" });
    expect(typesOf(await stream.ended).at(-1)).toBe("run_done");
  });

  test("32 the deltas are the text, said once more at the end", async ({ glue }) => {
    const text = "one  two\n\nthree\tfour ✓ 👩‍👩‍👧 end";
    const frames = await glue.run("s", text);
    const done = frames.at(-1)?.envelope.payload;
    expect(textOf(frames)).toBe(text);
    expect(done?.text).toBe(text);
    expect(done?.message?.role).toBe("assistant");
    expect(done).toHaveProperty("new_messages");
    for (const delta of payloadsOf(frames, "text_delta")) expect(delta).not.toHaveProperty("message");
  });

  test("32 usage is in the messages of run_done, in whole numbers", async ({ modelGlue: glue, model }) => {
    model.script({ text: "hi", usage: { input: 7, output: 3 } });
    const done = (await glue.run("s", "go")).at(-1)?.envelope.payload;
    const usages = (done?.new_messages ?? []).flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
    expect(usages).toEqual([{ input_tokens: 7, output_tokens: 3, total_tokens: 10 }]);
  });

  test("33 run_start says whose run it is", async ({ glue }) => {
    const named = await glue.run("s", { text: "hi", client_id: " cli:7 " });
    expect(named[0]?.envelope.payload).toEqual({ client_id: " cli:7 " });
    expect((await glue.run("s", "hi"))[0]?.envelope.payload).toEqual({ client_id: "" });
    const skill = await glue.run("s", { skill: "triage", client_id: "c" });
    expect(skill[0]?.envelope.payload).toEqual({ client_id: "c", skill: "triage" });
  });

  test("34 a finished run is replayed as it was, as often as asked", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "/read_file missing.txt\nand some words");
    const live = await glue.stream(runId);
    await live.ended;
    for (let times = 0; times < 2; times += 1) {
      const replay = await glue.stream(runId);
      await replay.ended;
      expect(replay.text).toBe(live.text);
    }
  });

  test("35 two subscribers see the same", async ({ modelGlue: glue, model }) => {
    model.script({ text: "a b c d e f g h", delayMs: 20 });
    const { run_id: runId } = await glue.start("s", "go");
    const early = await glue.stream(runId);
    await early.firstOf("text_delta");
    const late = await glue.stream(runId);
    await Promise.all([early.ended, late.ended]);
    expect(late.text).toBe(early.text);
    expect(kindsOf(late.frames)).toEqual(TEXT_RUN);
  });

  test("36 the events of an unknown run are not found", async ({ daemon }) => {
    for (const id of ["run_00000000000000000000000000000000", "x", "%00", "run_"]) {
      const answer = await daemon.api.get(`/v1/runs/${id}/events`);
      expect(answer.status).toBe(404);
      expect((answer.json as ErrorBody).error.message).toBe("run not found");
    }
  });

  test("37 a run that nobody watches goes on to its end", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "hello there");
    await eventually(glue.status, ({ active_runs }) => active_runs === 0);
    expect(kindsOf(await glue.events(runId))).toEqual(TEXT_RUN);
  });

  test("38 a run whose last subscriber leaves is cancelled", async ({ modelGlue: glue, model }) => {
    model.script({ text: "a b c d e f g h i j k l m n o p", delayMs: 100 });
    const { run_id: runId } = await glue.start("s", "go");
    const [first, second] = [await glue.stream(runId), await glue.stream(runId)];
    await Promise.all([first.firstOf("text_delta"), second.firstOf("text_delta")]);
    first.leave();
    await second.first(({ envelope }) => envelope.seq > 6);
    expect((await glue.status()).active_runs, "one is still watching").toBe(1);
    second.leave();
    await eventually(glue.status, ({ active_runs }) => active_runs === 0, 2_000);
    const frames = await glue.events(runId);
    expect(typesOf(frames).slice(-3)).toEqual(["error", "loop_end", "run_error"]);
    expect(runErrorOf(frames)?.code).toBe("canceled");
    expect(await model.requests[0]?.ended).toBe("closed");
  });

  test("39 the stream is closed right after the terminal event", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "hello");
    const stream = await glue.stream(runId);
    await stream.firstOf("run_done");
    const at = Date.now();
    await stream.ended;
    expect(Date.now() - at).toBeLessThan(500);
  });

  test("39 a subscriber that does not read holds nobody up, and has missed nothing once it reads", async ({
    daemon,
    glue,
  }) => {
    const text = "some words to be sent one by one ".repeat(6_000).trim();
    const { run_id: runId } = await glue.start("s", { text });
    const sluggish = await openUnread(daemon.api, `/v1/runs/${runId}/events`);
    const brisk = await glue.stream(runId);
    const frames = await brisk.ended;
    expect(typesOf(frames).at(-1)).toBe("run_done");
    expect((await glue.status()).active_runs).toBe(0);
    let late = "";
    for await (const part of sluggish.setEncoding("utf8")) late += part as string;
    expect(late === brisk.text).toBe(true);
  });

  test("40 no line reaches 1 MiB, however long the reply", async ({ modelGlue: glue, model }) => {
    for (const [name, word] of [
      ["plain", "word ".repeat(80)],
      ["wide", "✓".repeat(130)],
      ["escaped", '"\\\u0001'.repeat(40)],
    ] as const) {
      const text = `${word} `.repeat(1000);
      model.script({ text });
      const { run_id: runId } = await glue.start(name, { text: "go" });
      const stream = await glue.stream(runId);
      const frames = await stream.ended;
      expect(longestLine(stream.text), name).toBeLessThan(1_000_000);
      expect(textOf(frames) === text, `${name}: the deltas are whole`).toBe(true);
      expect(typesOf(frames).at(-1)).toBe("run_done");
    }
  });

  test("40 a prompt, a session and a single delta of several MiB fit too", async ({
    modelGlue: glue,
    model,
  }) => {
    model.script({ text: "x".repeat(3 * 1024 * 1024) });
    const { run_id: runId } = await glue.start("✓".repeat(1000), { text: "p".repeat(3 * 1024 * 1024) });
    const stream = await glue.stream(runId);
    const frames = await stream.ended;
    expect(longestLine(stream.text)).toBeLessThan(1_000_000);
    expect(typesOf(frames).at(-1)).toBe("run_done");
    expect(textOf(frames)).toHaveLength(3 * 1024 * 1024);
  });

  test("41 tool arguments that are no JSON do not stop the stream", async ({ modelGlue: glue, model }) => {
    model.script({ toolCalls: [{ name: "read_file", arguments: '{"path": "a' }] }, { text: "well" });
    const frames = await glue.run("s", "go");
    expect(typesOf(frames).at(-1)).toBe("run_done");
    expect(payloadsOf(frames, "tool_start")[0]?.tool_call?.arguments).toBe('{"path": "a');
    expect(payloadsOf(frames, "tool_end")[0]?.tool_result).toMatchObject({ is_error: true });
  });

  test("43 an unknown skill or role is an error of the run, not of the start", async ({ glue }) => {
    for (const [body, name] of [
      [{ skill: "triage", arguments: { a: "b" } }, "triage"],
      [{ text: "hi", role: "reviewer" }, "reviewer"],
    ] as const) {
      const frames = await glue.run("s", body);
      expect(typesOf(frames)).toEqual(["run_start", "run_error"]);
      expect(runErrorOf(frames)).toMatchObject({ code: "internal", retryable: false });
      expect(runErrorOf(frames)?.message).toContain(name);
    }
  });

  test("44 the model that a run names is the one that is asked", async ({ modelGlue: glue, model }) => {
    await glue.run("s", { text: "go", model: "other" });
    await glue.run("s", { text: "go", model: "  " });
    expect(model.requests.map(({ body }) => body["model"])).toEqual(["other", "scripted"]);
  });

  test("45 the budget of turns ends a run that never stops calling tools", async ({
    modelGlue: glue,
    model,
  }) => {
    for (let at = 0; at < 40; at += 1)
      model.script({ toolCalls: [{ name: "list_dir", arguments: { path: ".", n: at } }] });
    const two = await glue.run("s", { text: "go", max_turns: 2 });
    expect(runErrorOf(two)).toEqual({
      code: "internal",
      message: "loop: maximum turns exceeded (2)",
      retryable: false,
    });
    expect(typesOf(two).filter((type) => type === "turn_start")).toHaveLength(2);
    const zero = await glue.run("t", { text: "go", max_turns: -3 });
    expect(runErrorOf(zero)?.message).toContain("(32)");
  });

  test("46 runs of one session follow each other, of different sessions overlap", async ({
    modelGlue: glue,
    model,
  }) => {
    model.script(
      { text: "a b c d e f g h i j", delayMs: 30 },
      { text: "x y z", delayMs: 5 },
      { text: "after" },
    );
    const first = await glue.stream((await glue.start("one", "go")).run_id);
    await first.firstOf("text_delta");
    const second = await glue.stream((await glue.start("one", "go")).run_id);
    const other = await glue.stream((await glue.start("two", "go")).run_id);
    await other.firstOf("run_done");
    expect(typesOf(second.frames)).toEqual(["run_start"]);
    expect(typesOf(first.frames)).not.toContain("run_done");
    expect((await glue.status()).active_runs).toBe(2);
    const [before, after] = await Promise.all([first.ended, second.ended]);
    expect(after[1]?.envelope.time && before.at(-1)?.envelope.time).toBeTruthy();
    expect(Date.parse(after[1]?.envelope.time ?? "")).toBeGreaterThanOrEqual(
      Date.parse(before.at(-1)?.envelope.time ?? ""),
    );
    expect(kindsOf(after)).toEqual(TEXT_RUN);
  });

  test("47 options reach the provider; none keep its defaults", async ({ modelGlue: glue, model }) => {
    await glue.run("s", { text: "go", options: { temperature: 0.25 } });
    await glue.run("s", { text: "go", options: {} });
    expect(model.requests[0]?.body["temperature"]).toBe(0.25);
    expect(model.requests[1]?.body).not.toHaveProperty("temperature");
  });

  test("76 one refusal for now is tried again, one for good is not", async ({ modelGlue: glue, model }) => {
    model.script({ status: 429, message: "Too many requests" }, { text: "better" });
    const frames = await glue.run("s", "go");
    expect(payloadsOf(frames, "retry")).toEqual([
      expect.objectContaining({ metadata: { attempt: 1, max_attempts: 4, delay: "2s" } }),
    ]);
    expect(frames.at(-1)?.envelope.payload.text).toBe("better");
    model.script({ status: 401, message: "unauthorized" });
    const failed = await glue.run("s", "go");
    expect(typesOf(failed)).not.toContain("retry");
    expect(runErrorOf(failed)?.message).toContain("unauthorized");
  });
});

test.describe("Glue contract 9: cancel", () => {
  test("49 a blocked run ends cancelled", async ({ modelGlue: glue, model }) => {
    model.script({ text: "a b c d e f g h i j", delayMs: 500 });
    const { run_id: runId } = await glue.start("s", "go");
    const stream = await glue.stream(runId);
    await stream.firstOf("turn_start");
    const answer = await glue.cancel(runId);
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({ run_id: runId, canceled: true });
    const frames = await stream.ended;
    expect(typesOf(frames).slice(-3)).toEqual(["error", "loop_end", "run_error"]);
    expect(runErrorOf(frames)).toEqual({ code: "canceled", message: "context canceled", retryable: false });
  });

  test("49 a run that waits for its session is cancelled at once and leaves no message", async ({
    modelGlue: glue,
    model,
  }) => {
    model.script({ text: "a b c d e f", delayMs: 100 });
    const first = await glue.stream((await glue.start("s", "first")).run_id);
    await first.firstOf("turn_start");
    const { run_id: runId } = await glue.start("s", "second");
    await glue.cancel(runId);
    expect(runErrorOf(await glue.events(runId))?.code).toBe("canceled");
    expect(typesOf(first.frames)).not.toContain("run_done");
    await first.ended;
    const { text } = await glue.api.get("/v1/sessions/s/messages");
    expect(text).not.toContain("second");
  });

  test("50 cancelling a run that has ended is 202, an unknown one 404", async ({ glue }) => {
    const { run_id: runId } = await glue.start("s", "hello");
    const before = await glue.events(runId);
    for (let times = 0; times < 2; times += 1) expect((await glue.cancel(runId)).status).toBe(202);
    expect(await glue.events(runId)).toEqual(before);
    const unknown = await glue.cancel("run_00000000000000000000000000000000");
    expect(unknown.status).toBe(404);
    expect((unknown.json as ErrorBody).error.message).toBe("run not found");
  });
});
