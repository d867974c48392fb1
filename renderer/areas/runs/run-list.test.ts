import { describe, expect, it } from "vitest";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { everyRun, runMatches, withPage, withRun, type RunList, type RunQuery } from "./run-list.ts";

const run = (id: string, more: Partial<Omit<Run, "id" | "sessionId">> & { sessionId?: string } = {}): Run =>
  ({
    id,
    sessionId: "desk",
    clientId: "cli:me",
    title: "Fix the expiry",
    status: "done",
    detached: true,
    provider: "playbook",
    model: "",
    startedAt: 100,
    endedAt: 200,
    error: null,
    usage: null,
    toolCalls: 0,
    lastSeq: 1,
    ...more,
  }) as Run;

const ids = (list: RunList) => list.runs.map(({ id }) => id);
const list = (runs: readonly Run[], next: string | null = null): RunList => ({ runs, next });
const query = (more: Partial<RunQuery>): RunQuery => ({ ...everyRun, ...more });

describe("runMatches", () => {
  it.each<[Partial<RunQuery>, Partial<Run>, boolean]>([
    [{}, {}, true],
    [{ filter: "active" }, { endedAt: null, status: "waiting" }, true],
    [{ filter: "active" }, {}, false],
    [{ filter: "failed" }, { status: "failed" }, true],
    [{ filter: "failed" }, {}, false],
    [{ search: "EXPIRY fix" }, {}, true],
    [{ search: "desk" }, {}, true],
    [{ search: "expiry nothing" }, {}, false],
  ])("%j %j", (wanted, of, expected) => {
    expect(runMatches(query(wanted), run("a", of as never))).toBe(expected);
  });
});

describe("withRun", () => {
  it("puts a new run first, and one that began earlier at its place", () => {
    const before = list([run("c", { startedAt: 300 }), run("a", { startedAt: 100 })]);
    expect(ids(withRun(everyRun, before, run("d", { startedAt: 400 })))).toEqual(["d", "c", "a"]);
    expect(ids(withRun(everyRun, before, run("b", { startedAt: 200 })))).toEqual(["c", "b", "a"]);
  });

  it("changes a run in its place", () => {
    const before = list([run("b", { startedAt: 200 }), run("a")]);
    const after = withRun(everyRun, before, run("a", { status: "failed" }));
    expect(ids(after)).toEqual(["b", "a"]);
    expect(after.runs[1]?.status).toBe("failed");
  });

  it("lets go of a run that no longer matches, and of nothing else", () => {
    const before = list([run("a", { endedAt: null, status: "running" })]);
    expect(ids(withRun(query({ filter: "active" }), before, run("a")))).toEqual([]);
    expect(withRun(query({ filter: "active" }), before, run("z"))).toBe(before);
  });

  it("leaves a run of a page that was not read to that page", () => {
    const before = list([run("c", { startedAt: 300 })], "cursor");
    expect(withRun(everyRun, before, run("a", { startedAt: 100 }))).toBe(before);
    expect(ids(withRun(everyRun, list(before.runs), run("a", { startedAt: 100 })))).toEqual(["c", "a"]);
  });
});

it("adds a page without runs that came by themselves meanwhile", () => {
  const page = list([run("b"), run("a")], "next");
  expect(withPage(list([run("c"), run("b")], "cursor"), page)).toEqual(
    list([run("c"), run("b"), run("a")], "next"),
  );
});
