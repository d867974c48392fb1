import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { fakeBridge, type FakeBridge } from "../../testing/fake-bridge.ts";
import { everyRun, runList, type RunQuery } from "./run-list.ts";

const run = (id: string, more: object = {}) =>
  ({ id, sessionId: "desk", status: "done", startedAt: 100, endedAt: 200, ...more }) as unknown as Run;

let bridge: FakeBridge;
let onServer: readonly Run[];
let stop: () => void = () => undefined;
beforeEach(() => {
  onServer = [run("b"), run("a")];
  bridge = fakeBridge("window", { "runs.listRuns": () => ({ runs: onServer, next: null }) });
  Object.assign(globalThis, { window: { gatehouse: bridge } });
});
afterEach(() => stop());

async function follow(query: Partial<RunQuery>) {
  const store = runList({ ...everyRun, ...query });
  stop = store.stop;
  store.follow();
  await vi.waitFor(() => expect(store.getState().status).toBe("ready"));
  return () => store.getState().data.items.map(({ id }) => id);
}

it.each<[Partial<RunQuery>, object]>([
  [{}, {}],
  [{ search: "gate" }, { search: "gate" }],
  [{ filter: "active" }, { status: "active" }],
  [{ sessionId: "desk" as Run["sessionId"] }, { sessionId: "desk" }],
])("asks the server for %j", async (query, input) => {
  await follow(query);
  expect(bridge.calls).toEqual([{ name: "runs.listRuns", input: { limit: 100, ...input } }]);
});

it("shows new runs at once where nothing is searched, and only those of its session", async () => {
  const ids = await follow({ sessionId: "desk" as Run["sessionId"] });
  bridge.emit("runs.started", run("d", { sessionId: "other", startedAt: 300 }));
  bridge.emit("runs.started", run("c", { startedAt: 300 }));
  expect(ids()).toEqual(["c", "b", "a"]);
});

it("lets the server say which runs match", async () => {
  const ids = await follow({ filter: "active" });
  onServer = [run("a")];
  bridge.emit("runs.changed", run("b"));
  await vi.waitFor(() => expect(ids()).toEqual(["a"]));
});
