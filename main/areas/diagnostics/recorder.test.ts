import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import type { RecordedError } from "./contract.ts";
import { createErrorRecorder } from "./recorder.ts";

const create = () => {
  const published: RecordedError[] = [];
  const clock = createFakeClock();
  const recorder = createErrorRecorder({
    clock,
    publish: (_type, payload) => published.push(payload),
    secrets: ["daemon-token-1"],
  });
  return { recorder, published, clock };
};

test("keeps fifty, newest first, and announces each", () => {
  const { recorder, published, clock } = create();
  for (let i = 1; i <= 60; i += 1) {
    recorder.record({ source: "run", message: `failure ${i}`, runId: "run_1", clientId: "" });
    clock.advance(1);
  }
  expect(recorder.recent(10).map(({ message }) => message)).toEqual(
    Array.from({ length: 10 }, (_, i) => `failure ${60 - i}`),
  );
  expect(recorder.recent(1000)).toHaveLength(50);
  expect(recorder.recent(1)[0]).toEqual({
    at: published.at(-1)?.at,
    source: "run",
    runId: "run_1",
    sessionId: null,
    clientId: null,
    message: "failure 60",
  });
  expect(published).toHaveLength(60);
});

test("hides keys and the daemon's token, shortens, and skips empty messages", () => {
  const { recorder } = create();
  recorder.record({ source: "run", message: "  \n" });
  recorder.record({ source: "run", message: "401 for sk-abcdefgh12345678 with daemon-token-1" });
  recorder.record({ source: "run", message: `${"x".repeat(1990)} sk-abcdefgh12345678abcdefgh` });
  const [long, short, ...more] = recorder.recent(10);
  expect(more).toEqual([]);
  expect(short?.message).toBe("401 for [hidden] with [hidden]");
  expect(long?.message.length).toBeLessThanOrEqual(2001);
  expect(long?.message).not.toContain("sk-abc");
});
