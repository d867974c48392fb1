import { describe, expect, test } from "vitest";
import { choiceSample, waitingQuestionSample } from "../../areas/questions/testing/waiting-question.ts";
import type { WaitingPermission } from "../../areas/waiting/contract.ts";
import type { PermissionId, RunId, SessionId } from "../../contract/ids.ts";
import { isDarkBar, trayIconFile } from "./icon-file.ts";
import { trayModel, type TrayEntry, type TraySituation } from "./state.ts";

const pending = (name: string, change: Partial<WaitingPermission> = {}): WaitingPermission => ({
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
  workDir: "/app",
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
});

const model = (change: Partial<TraySituation> = {}) =>
  trayModel({ waiting: [], activeRuns: 0, trouble: null, pausedUntil: null, ...change });
const ids = (entries: readonly TrayEntry[]) =>
  entries.filter(({ kind }) => kind !== "line").map(({ id }) => id);
const entry = (entries: readonly TrayEntry[], id: string) => entries.find((each) => each.id === id);

describe("icon", () => {
  test.each([
    ["idle", {}, "Gatehouse — Nothing waits for you"],
    ["working", { activeRuns: 1 }, "Gatehouse — 1 run at work"],
    [
      "needs-you",
      { waiting: [pending("a")], activeRuns: 2 },
      "Gatehouse — 1 request waits for you, 2 runs at work",
    ],
    ["trouble", { trouble: "Disk space: 3 MB left", activeRuns: 1 }, "Gatehouse — Disk space: 3 MB left"],
    [
      "needs-you",
      { trouble: "x", waiting: [pending("a"), pending("b")] },
      "Gatehouse — 2 requests wait for you",
    ],
  ] as const)("%s", (icon, situation, tooltip) => {
    expect(model(situation)).toMatchObject({ icon, tooltip });
  });

  test.each([
    ["needs-you", 1, "linux", true, "dark-bar/needs-you-1-22.png"],
    ["needs-you", 10, "win32", false, "light-bar/needs-you-many-16.png"],
    ["idle", 0, "linux", false, "light-bar/idle-22.png"],
    ["needs-you", 4, "darwin", true, "mac/needs-you-Template.png"],
  ] as const)("%s with %i on %s", (icon, count, platform, isDark, file) => {
    expect(trayIconFile(icon, count, { platform, isDarkBar: isDark })).toBe(file);
  });

  test("GNOME's bar is dark under a light theme", () => {
    expect(isDarkBar("linux", false, "ubuntu:GNOME")).toBe(true);
    expect(isDarkBar("linux", false, "KDE")).toBe(false);
    expect(isDarkBar("win32", true, undefined)).toBe(true);
  });
});

describe("menu", () => {
  test("without requests", () => {
    expect(ids(model().menu)).toEqual(["status", "open", "new-run", "pause", "quit"]);
  });

  test("every request can be answered and shown, by its own id", () => {
    const [, , first] = model({ waiting: [pending("a")] }).menu;
    expect(first).toMatchObject({
      kind: "menu",
      id: "request:perm_a",
      label: "claude-code in /app: run `git push`",
      entries: [
        { id: "allow:perm_a", label: "Allow once", act: { type: "decide", id: "perm_a", decision: "allow" } },
        { id: "deny:perm_a", label: "Deny", act: { type: "decide", id: "perm_a", decision: "deny" } },
        { kind: "line" },
        { id: "show:perm_a", label: "Look at it…", act: { type: "show", id: "perm_a" } },
      ],
    });
  });

  test.each([
    ["much is at stake", { riskLevel: "high" }],
    ["its card shows more than its words", { sight: "card" }],
    ["it can't be shown whole", { sight: "none" }],
    ["its words are cut", { act: `run \`git push ${"x".repeat(120)}\`` }],
    ["its folder is cut", { workDir: `/${"deep/".repeat(40)}` }],
  ] as const)("what has to be looked at is not allowed here: %s", (_, change) => {
    const menu = model({ waiting: [pending("a", change)] }).menu;
    expect(entry(menu, "request:perm_a")).toMatchObject({
      entries: [{ label: "Deny" }, { kind: "line" }, { label: "Look at it…" }],
    });
  });

  test("a question has its choices in the menu, each by its own value", () => {
    const asked = waitingQuestionSample();
    const { id } = asked;
    expect(entry(model({ waiting: [asked] }).menu, `question:${id}`)).toMatchObject({
      kind: "menu",
      label: "claude-code in /app asks: Which branch?",
      entries: [
        { label: "main", act: { type: "answer", id, answer: { kind: "choices", values: ["main"] } } },
        { label: "release/2", act: { type: "answer", id, answer: { values: ["release/2"] } } },
        { kind: "line" },
        { label: "Answer…", act: { type: "show", id } },
        { label: "Decline", act: { type: "decline", id } },
      ],
    });
    expect(model({ waiting: [asked] }).tooltip).toBe("Gatehouse — 1 question waits for you");
    expect(model({ waiting: [asked, pending("a")] }).tooltip).toContain("2 requests wait for you");
  });

  test.each([
    ["words", { choices: [] }],
    ["several", { isSeveral: true }],
    ["a question that is cut", { text: "x".repeat(200) }],
    ["more choices than fit", { choices: Array.from({ length: 10 }, (_, at) => choiceSample(`c${at}`)) }],
  ] as const)("a question is answered in its card: %s", (_, change) => {
    const asked = waitingQuestionSample(change as object);
    expect(entry(model({ waiting: [asked] }).menu, `question:${asked.id}`)).toMatchObject({
      entries: [{ label: "Answer…" }, { label: "Decline" }],
    });
  });

  test("a flood of requests does not fill the screen", () => {
    const menu = model({ waiting: Array.from({ length: 30 }, (_, at) => pending(String(at))) }).menu;
    expect(menu.filter(({ kind }) => kind === "menu")).toHaveLength(12);
    expect(entry(menu, "more")).toMatchObject({ label: "18 more in the inbox…" });
  });

  test("what a client calls itself stays one plain line", () => {
    const menu = model({
      waiting: [pending("a", { clientId: "x\n\u202EAllow\u0007", act: "run `" + "y".repeat(200) })],
    }).menu;
    const request = entry(menu, "request:perm_a") as { label: string };
    expect(request.label.startsWith("`x\\n\\u202eAllow\\x07` in ")).toBe(true);
    expect(request.label).toHaveLength(110);
    expect(request.label.endsWith("…")).toBe(true);
  });

  test("trouble and pause say so", () => {
    expect(ids(model({ trouble: "x", pausedUntil: "15:30" }).menu)).toEqual([
      "status",
      "trouble",
      "open",
      "new-run",
      "resume",
      "quit",
    ]);
  });
});
