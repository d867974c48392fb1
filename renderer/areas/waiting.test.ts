import { expect, test } from "vitest";
import type { Followed } from "../client/followed-store.ts";
import { CallError } from "../client/errors.ts";
import { sampleRequest, summaryOf } from "../testing/samples.ts";
import { waitingPermission, type WaitingPermission } from "./permissions/pending-store.ts";
import { joined, kindOf } from "./waiting.ts";
import type { WaitingList } from "./waiting-kind.ts";

const sample = (index: number, more: Partial<WaitingPermission>): WaitingPermission => ({
  ...waitingPermission(summaryOf(sampleRequest(index))),
  ...more,
});
const list = (
  data: Partial<WaitingList<WaitingPermission>>,
  status: "loading" | "ready" | "failed" = "ready",
): Followed<WaitingList<WaitingPermission>> => ({
  data: { waiting: [], settled: [], ...data },
  status,
  error: status === "failed" ? new CallError({ code: "internal", message: "No." }) : null,
});

test("several kinds are one queue, the longest wait first and the newest outcome first", () => {
  const [a, b, c] = [10, 20, 30].map((askedAt, index) => sample(index, { askedAt, settledAt: askedAt }));
  if (a === undefined || b === undefined || c === undefined) throw new Error("samples");
  const { data } = joined([list({ waiting: [a, c], settled: [a] }), list({ waiting: [b], settled: [c, b] })]);
  expect(data).toEqual({ waiting: [a, b, c], settled: [c, b, a] });
});

test("the queue is as good as its worst part", () => {
  expect(joined([list({}), list({})])).toMatchObject({ status: "ready", error: null });
  expect(joined([list({}), list({}, "loading")]).status).toBe("loading");
  expect(joined([list({}, "loading"), list({}, "failed")])).toMatchObject({
    status: "failed",
    error: { message: "No." },
  });
});

test("a kind says who asks for what", () => {
  const item = sample(1, { clientId: "", wants: "wants to run", act: "Run `npm test`" });
  const { title, from, announcement } = kindOf(item);
  expect([title(item), from(item), announcement(item)]).toEqual([
    "Run `npm test`",
    "An unnamed client",
    "An unnamed client wants to run: Run npm test",
  ]);
});
