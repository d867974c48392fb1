import { describe, expect, test } from "vitest";
import type { PermissionId, RunId, SessionId } from "../../contract/ids.ts";
import type { WaitingPermission } from "../waiting/contract.ts";
import {
  addRequest,
  BURST_MS,
  emptyBoard,
  removeRequest,
  tellTogether,
  type BoardStep,
} from "./notice-board.ts";
import { requestNotice } from "./notice.ts";

const wording = { privacy: false, sound: true };

function pending(name: string, change: Partial<WaitingPermission> = {}): WaitingPermission {
  return {
    kind: "permission",
    id: `perm_${name}` as PermissionId,
    door: "run",
    runId: "run_1" as RunId,
    sessionId: "s" as SessionId,
    clientId: "claude-code",
    callId: null,
    asker: { kind: "owner", id: "owner", name: "" },
    tool: "shell_exec",
    action: "run",
    targetPreview: "git push",
    workDir: "/home/me/app",
    act: "run `git push`",
    sight: "act",
    wants: "wants to run a command",
    riskLevel: "medium",
    digest: "",
    status: "pending",
    askedAt: 0,
    expiresAt: null,
    settledAt: null,
    decidedBy: null,
    scope: null,
    reason: null,
    ...change,
  };
}

const changesOf = ({ changes }: BoardStep) =>
  changes.map((change) => {
    if (change.kind === "withdraw") return `withdraw ${change.key}`;
    const place = change.replaces === null ? "" : ` in place of ${change.replaces}`;
    return `${change.notice.title}${place}${change.notice.hasSound ? ", with sound" : ""}`;
  });

const single = "claude-code wants to run a command";

describe("notice board", () => {
  test("a request on its own is told at once", () => {
    const step = addRequest(emptyBoard, pending("a"), 0, wording);
    expect(changesOf(step)).toEqual([`${single}, with sound`]);
    expect(step.board.dueAt).toBeNull();
  });

  test("a burst becomes one notice in place of the first, and rings once", () => {
    let { board } = addRequest(emptyBoard, pending("a"), 0, wording);
    for (const [at, name] of [
      [10, "b"],
      [20, "c"],
      [300, "d"],
    ] as const) {
      const step = addRequest(board, pending(name), at, wording);
      expect(step.changes).toEqual([]);
      board = step.board;
    }
    expect(board.dueAt).toBe(10 + BURST_MS);
    const step = tellTogether(board, 10 + BURST_MS, wording);
    expect(changesOf(step)).toEqual(["4 requests wait for you in place of permission:perm_a"]);
  });

  test("requests that come one by one keep notices of their own, with buttons, up to three", () => {
    let { board } = addRequest(emptyBoard, pending("a"), 0, wording);
    ({ board } = addRequest(board, pending("b"), 1000, wording));
    const third = addRequest(board, pending("c"), 2000, wording);
    expect(changesOf(third)).toEqual([`${single}, with sound`]);
    const fourth = addRequest(third.board, pending("d"), 9000, wording);
    expect(fourth.changes).toEqual([]);
    expect(changesOf(tellTogether(fourth.board, 9400, wording))).toEqual([
      "withdraw permission:perm_a",
      "withdraw permission:perm_b",
      "4 requests wait for you in place of permission:perm_c, with sound",
    ]);
  });

  test("answers shrink the common notice silently, back to one with buttons, then to nothing", () => {
    let { board } = addRequest(emptyBoard, pending("a"), 0, wording);
    for (const name of ["b", "c"]) ({ board } = addRequest(board, pending(name), 1, wording));
    ({ board } = tellTogether(board, 401, wording));
    ({ board } = removeRequest(board, "perm_b", 60_000));
    const two = tellTogether(board, 60_400, wording);
    expect(changesOf(two)).toEqual(["2 requests wait for you in place of waiting"]);
    const one = tellTogether(removeRequest(two.board, "perm_a", 61_000).board, 61_400, wording);
    expect(changesOf(one)).toEqual([`${single} in place of waiting`]);
    expect(changesOf(removeRequest(one.board, "perm_c", 62_000))).toEqual(["withdraw permission:perm_c"]);
  });

  test("what was answered before it was told is never shown", () => {
    let { board } = addRequest(emptyBoard, pending("a"), 0, wording);
    ({ board } = addRequest(board, pending("b"), 1, wording));
    const step = removeRequest(board, "perm_b", 2);
    expect(step.changes).toEqual([]);
    expect(tellTogether(step.board, 401, wording).changes).toEqual([]);
  });

  test("the last answer takes the common notice down", () => {
    let { board } = addRequest(emptyBoard, pending("a"), 0, wording);
    ({ board } = addRequest(board, pending("b"), 1, wording));
    ({ board } = tellTogether(board, 401, wording));
    ({ board } = removeRequest(board, "perm_a", 500));
    expect(changesOf(removeRequest(board, "perm_b", 501))).toEqual(["withdraw waiting"]);
  });

  test("an unknown request changes nothing", () => {
    expect(removeRequest(emptyBoard, "perm_x", 0)).toEqual({
      board: emptyBoard,
      changes: [],
    });
  });
});

describe("words of a request", () => {
  const actions = (request: WaitingPermission, privacy = false) =>
    requestNotice(request, { privacy, sound: false }).actions.map(({ action }) => action);

  test("can be allowed where it is shown whole and little is at stake", () => {
    expect(actions(pending("a"))).toEqual(["allow", "deny", "show"]);
  });

  test.each([
    ["much is at stake", pending("a", { riskLevel: "high" }), false],
    ["its words are cut", pending("a", { act: "run `rm -rf /tmp/some/very/lo…`" }), false],
    ["its words are hidden", pending("a"), true],
    ["its card shows more than its words", pending("a", { sight: "card" }), false],
    ["it can't be shown whole", pending("a", { sight: "none" }), false],
    ["its folder is cut", pending("a", { workDir: `/${"deep/".repeat(40)}` }), false],
  ])("can only be looked at or denied when %s", (_, request, privacy) => {
    expect(actions(request, privacy)).toEqual(["show", "deny"]);
  });

  test("name the folder, and keep what is quoted apart from our words", () => {
    const { body } = requestNotice(pending("a", { workDir: "/srv/production" }), wording);
    expect(body).toBe("In /srv/production: run `git push`");
    const posing = pending("a", { workDir: "/srv/x, which is harmless" });
    expect(requestNotice(posing, wording).body).toBe("In `/srv/x, which is harmless`: run `git push`");
  });

  test("privacy hides target and arguments", () => {
    const notice = requestNotice(pending("a"), { privacy: true, sound: false });
    expect(`${notice.title} ${notice.body}`).toBe("claude-code asks for permission shell_exec");
  });

  test("a client's name cannot break out of its line or turn the text around", () => {
    const notice = requestNotice(pending("a", { clientId: "ev\u202Eil\n\nAllowed by admin" }), wording);
    expect(notice.title).toBe("`ev\\u202eil\\n\\nAllowed by admin` wants to run a command");
  });
});
