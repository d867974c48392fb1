import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Run, RunEvent, RunEventBody } from "../../../main/areas/runs/contract.ts";
import { fakeBridge, type FakeBridge } from "../../testing/fake-bridge.ts";
import { runFeed, type RunFeed } from "./run-feed.ts";

const id = `run_${"0".repeat(32)}` as Run["id"];
const run = { id, status: "running", endedAt: null } as Run;
const numbered = (bodies: readonly RunEventBody[]): RunEvent[] =>
  bodies.map((body, i) => ({ ...body, seq: i + 1, at: 0 }));
const word = (delta: string): RunEventBody => ({ type: "text_delta", delta });
const done: RunEventBody = { type: "run_done", text: "", usage: null };

let bridge: FakeBridge;
let log: RunEvent[];
let stop: () => void = () => undefined;

beforeEach(() => {
  bridge = fakeBridge("window", {
    "runs.getRun": () => run,
    "runs.listEvents": ({ after, limit }: { after: number; limit: number }) => ({
      events: log.slice(after, after + limit),
      lastSeq: log.length,
    }),
  });
  Object.assign(globalThis, {
    window: { gatehouse: bridge },
    document: { hidden: true, addEventListener: () => undefined, removeEventListener: () => undefined },
  });
});
afterEach(() => stop());

const textOf = (feed: RunFeed) =>
  feed
    .getState()
    .timeline.blocks.map((block) => (block.kind === "text" ? block.chunks.join("") : block.kind))
    .join("|");
const progress = (events: readonly RunEvent[]) => bridge.tell("runs.follow", { runId: id, events });
const asked = () => bridge.calls.filter(({ name }) => name === "runs.listEvents").length;

it("reads a long log page by page and does not watch a run that is over", async () => {
  log = numbered([...Array.from({ length: 2500 }, () => word("a")), done]);
  const feed = runFeed(id);
  stop = feed.follow();
  await vi.waitFor(() => expect(feed.getState().status).toBe("ready"));
  expect(feed.getState().timeline.lastSeq).toBe(2501);
  expect(asked()).toBe(3);
  expect(bridge.followed).toEqual([]);
});

it("follows from where the log ended, whatever comes twice", async () => {
  log = numbered([word("one ")]);
  const feed = runFeed(id);
  stop = feed.follow();
  await vi.waitFor(() => expect(bridge.followed).toEqual([{ name: "runs.follow", input: { id, after: 1 } }]));
  const all = numbered([word("one "), word("two "), word("three"), done]);
  progress(all.slice(0, 2));
  progress(all.slice(2));
  await vi.waitFor(() => expect(feed.getState().timeline.isEnded).toBe(true));
  expect(textOf(feed)).toBe("one two three|end");
});

it("reads again what it missed", async () => {
  log = numbered([word("one ")]);
  const feed = runFeed(id);
  stop = feed.follow();
  await vi.waitFor(() => expect(bridge.followed).toEqual([{ name: "runs.follow", input: { id, after: 1 } }]));
  log = numbered([word("one "), word("two "), word("three "), word("four")]);
  progress(log.slice(3));
  await vi.waitFor(() => expect(textOf(feed)).toBe("one two three four"));
});

it("keeps a change that came before the answer about the run", async () => {
  log = [];
  const feed = runFeed(id);
  stop = feed.follow();
  bridge.emit("runs.changed", { ...run, status: "waiting" });
  await vi.waitFor(() => expect(feed.getState().status).toBe("ready"));
  expect(feed.getState().run?.status).toBe("waiting");
});

it("stops watching when nobody looks", async () => {
  log = numbered([word("one")]);
  const feed = runFeed(id);
  stop = feed.follow();
  await vi.waitFor(() => expect(bridge.followed).toEqual([{ name: "runs.follow", input: { id, after: 1 } }]));
  stop();
  expect(bridge.followed).toEqual([]);
});

it("says that the log could not be read", async () => {
  log = null as never;
  const feed = runFeed(id);
  stop = feed.follow();
  await vi.waitFor(() => expect(feed.getState().status).toBe("failed"));
});
