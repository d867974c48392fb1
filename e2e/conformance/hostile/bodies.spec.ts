import { typesOf } from "../../fixtures/event-stream.ts";
import { expectClearRefusal, expectNothingHappened, STARTS } from "../../fixtures/refusals.ts";
import { expect, test } from "../../fixtures/test.ts";

const NATIVE = "/gatehouse/v1";

const nested = (depth: number, open: string, close: string) =>
  `{"text":${open.repeat(depth)}1${close.repeat(depth)}}`;

test.describe("hostile bodies", () => {
  const broken = [
    "{",
    "}",
    '{"text": "x"',
    '{"text": "x",}',
    '{text: "x"}',
    "<xml/>",
    "\u0000\u0001\u0002",
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
    nested(50_000, "[", "]"),
    nested(50_000, '{"a":', "}"),
    JSON.stringify({ text: { toString: "x" } }),
    '{"text":"\\ud800',
    '{"text":1e999}',
    "NaN",
  ];
  for (const { surface, path, body } of STARTS) {
    test(`broken and bottomless JSON on the ${surface} surface`, async ({ daemon }) => {
      for (const text of broken) {
        const full = text.startsWith('{"text"')
          ? text.replace(
              "{",
              `${JSON.stringify(body).slice(0, -1)}${Object.keys(body).length > 0 ? "," : ""}`,
            )
          : text;
        expectClearRefusal(await daemon.api.post(path, full), `${full.slice(0, 40)} (${full.length})`);
      }
      await expectNothingHappened(daemon.api);
    });

    test(`wrong types on the ${surface} surface`, async ({ daemon }) => {
      for (const text of [1, true, [], {}, ["x"], { length: 1 }]) {
        expectClearRefusal(await daemon.api.post(path, { ...body, text }), JSON.stringify(text));
      }
      for (const more of [
        { detached: "yes" },
        { detached: 1 },
        { options: "x" },
        { options: [1] },
        { model: 1 },
      ]) {
        expectClearRefusal(
          await daemon.api.post(path, { ...body, text: "x", ...more }),
          JSON.stringify(more),
        );
      }
      await expectNothingHappened(daemon.api);
    });

    test(`a body beyond the limit on the ${surface} surface`, async ({ daemon }) => {
      const answer = await daemon.api
        .post(path, { ...body, text: "x".repeat(25 * 1024 * 1024) })
        .catch(() => null);
      if (answer !== null) expectClearRefusal(answer, "25 MiB");
      const claimed = await daemon.api.raw(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.token}\r\nContent-Length: 99999999999\r\n\r\n{`,
      );
      expect(claimed).toMatch(/^HTTP\/1\.1 4\d\d /);
      await expectNothingHappened(daemon.api);
    });

    test(`names that objects have by themselves do nothing on the ${surface} surface`, async ({ daemon }) => {
      const poisoned = `{"__proto__":{"text":"polluted","detached":true,"clientId":"evil","client_id":"evil"},"constructor":{"prototype":{"text":"polluted"}}${JSON.stringify(
        body,
      )
        .slice(1)
        .replace(/^(?=")/, ",")}`;
      expectClearRefusal(await daemon.api.post(path, poisoned), "polluted");
      const options = `${JSON.stringify({ ...body, text: "hello" }).slice(0, -1)},"options":{"__proto__":{"polluted":true},"constructor":{"a":1}}}`;
      expect((await daemon.api.post(path, options)).status).toBe(201);
      const next = await daemon.api.post("/v1/sessions/t/runs", {});
      expect((next.json as { error: { message: string } }).error.message).toBe("text or skill is required");
    });
  }

  test("options without a bottom end the run, not the daemon", async ({ modelGlue: glue, model }) => {
    const deep = `{"text":"x","options":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`;
    const started = await glue.api.post("/v1/sessions/s/runs", deep);
    if (started.status !== 201) expectClearRefusal(started, "deep options");
    else
      expect(typesOf(await glue.events((started.json as { run_id: string }).run_id)).at(-1)).toMatch(/^run_/);
    model.script({ text: "still here" });
    expect((await glue.run("s", "go")).at(-1)?.envelope.payload.text).toBe("still here");
  });

  test("the native surface refuses fields that it does not know", async ({ daemon }) => {
    for (const more of [{ max_turns: 1 }, { toString: "x" }, { hasOwnProperty: 1 }]) {
      const answer = await daemon.api.post(`${NATIVE}/runs`, { sessionId: "s", text: "x", ...more });
      expectClearRefusal(answer, JSON.stringify(more));
      expect(answer.text).toContain(Object.keys(more)[0] ?? "");
    }
    await expectNothingHappened(daemon.api);
  });

  test("text of every kind comes back as it was", async ({ glue }) => {
    for (const text of [
      "\u202Eright-to-left\u202C \u200F\u2066",
      "\u0007\u001b[31mred\u001b[0m\b\b",
      "a\u0000b",
      "\ud83d lonely \udc00",
      "e\u0301 \uFEFF \u2028\u2029",
      "</script><script>alert(1)</script>",
      "'; DROP TABLE runs; --",
      "data: {}\n\nevent: run_done\nid: 1",
      "%s %n ${x} {{x}}",
    ]) {
      const frames = await glue.run("texts", text);
      expect(frames.at(-1)?.event).toBe("run_done");
      expect(frames.at(-1)?.envelope.payload.text).toBe(text.trim());
    }
  });
});
