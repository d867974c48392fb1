import { mkdirSync, realpathSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { SessionId } from "../../contract/ids.ts";
import { personAt, type Principal } from "../../contract/principal.ts";
import { createCore, turn, type Core } from "../../testing/core.ts";
import { createRecordingTool } from "../../testing/recording-tool.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createRunRoutes } from "./routes.ts";
import type { Run } from "./contract.ts";
import { calls, createScriptedModel, says } from "./loop/testing/scripted-model.ts";
import { AT_POPUP, end } from "./testing/start-run.ts";

const S = "s1" as SessionId;
const DENY = { decision: "deny", scope: "once" } as const;
/** Each run makes one call. */
const SCRIPT = Array.from({ length: 9 }, () => [
  calls(["side_effect", '{"value":"a"}']),
  says("done"),
]).flat();
const window = personAt("window");
const program: Principal = { ...window, kind: "owner", id: "owner", name: "", door: "api", proof: "token" };

let home: string;
let usual: string;
let other: string;
let seen: string[];
let made: Core;

const folder = (name: string) => {
  mkdirSync(join(home, name), { recursive: true });
  return join(home, name);
};

const core = (options: Parameters<typeof createCore>[0] = {}) =>
  createCore({
    model: createScriptedModel(SCRIPT),
    workspace: () => realpathSync(usual),
    tools: [
      createRecordingTool("side_effect", {
        execute(_, { workspace }) {
          seen.push(workspace);
          return { content: "ok", isError: false };
        },
      }),
    ],
    ...options,
  });

beforeEach(() => {
  home = realpathSync(temporaryFolder());
  usual = folder("usual");
  other = folder("other");
  seen = [];
  made = core({ rules: { defaultTier: "trusted" } });
});

const start = (by: Principal, given: { folder?: string; sessionId?: string } = {}, on: Core = made) => {
  const { sessionId = S, ...rest } = given;
  return createRunRoutes(on.runs, on.sessions).startRun(
    { sessionId: sessionId as SessionId, text: "go", clientId: "c", detached: true, ...rest },
    by,
  ) as Promise<Run>;
};

const throughTo = async (
  by: Principal,
  given: { folder?: string; sessionId?: string } = {},
  on: Core = made,
) => end(on, (await start(by, given, on)).id);

test("a session works in the folder it began in, also when no run names it and after a restart", async () => {
  await throughTo(window, { folder: other });
  expect(made.sessions.get(S).workspace).toBe(other);
  await throughTo(program);
  await throughTo(program, { folder: other });
  await throughTo(program, { sessionId: "another" });
  const after = core({ db: made.db, clock: made.clock, rules: { defaultTier: "trusted" } });
  await throughTo(program, {}, after);
  expect(seen).toEqual([other, other, other, usual, other]);
});

test("two runs that begin one session at once do not begin it in two folders", async () => {
  const both = await Promise.allSettled([start(window, { folder: other }), start(window, { folder: usual })]);
  const [begun, ...more] = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(more).toEqual([]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "runs.other_folder" },
  });
  await end(made, begun?.id as Run["id"]);
  expect(seen).toEqual([made.sessions.get(S).workspace]);
});

test("a run does not move a session", async () => {
  await throughTo(window);
  await expect(start(window, { folder: other })).rejects.toMatchObject({ code: "runs.other_folder" });
  await throughTo(window, { folder: usual });
  expect(made.sessions.get(S).workspace).toBeNull();
});

test("a folder outside of the usual one waits for the person when a program chooses it, and one inside does not", async () => {
  const inside = folder("usual/inside");
  await throughTo(program, { folder: inside, sessionId: "inside" });
  const asked = start(program, { folder: other });
  await turn();
  const [request, ...more] = made.permissions.pending();
  expect(more).toEqual([]);
  expect(request).toMatchObject({
    wants: "wants to let a session work in another folder",
    riskLevel: "high",
  });
  expect(made.permissions.get(request?.id as never).presentation.body).toMatchObject({
    text: expect.stringContaining(other) as string,
  });
  expect(made.sessions.find(S)).toBeNull();
  made.permissions.decide(request?.id as never, { decision: "allow", scope: "once" }, AT_POPUP);
  await end(made, (await asked).id);
  expect(made.sessions.get(S).workspace).toBe(other);

  const denied = start(program, { folder: other, sessionId: "denied" });
  denied.catch(() => {});
  await turn();
  made.permissions.decide(made.permissions.pending()[0]?.id as never, DENY, AT_POPUP);
  await expect(denied).rejects.toMatchObject({ code: "permissions.not_allowed" });
  expect(made.sessions.find("denied" as SessionId)).toBeNull();
});

test.each([
  ["is not there", "/nowhere/at/all"],
  ["is no folder", "/etc/hostname"],
  ["is not from the root on", "code/app"],
])("a folder that %s is refused", async (_what, named) => {
  await expect(start(window, { folder: named })).rejects.toMatchObject({ code: "runs.no_folder" });
  expect(made.sessions.find(S)).toBeNull();
});

test("a link is taken for where it leads", async () => {
  symlinkSync(other, join(usual, "link"));
  const asked = start(program, { folder: join(usual, "link") });
  asked.catch(() => {});
  await turn();
  expect(made.permissions.pending()).toHaveLength(1);
  made.permissions.decide(made.permissions.pending()[0]?.id as never, DENY, AT_POPUP);
  await expect(asked).rejects.toMatchObject({ code: "permissions.not_allowed" });
});

test("a folder that is gone, or leads elsewhere by now, is told in words and nothing runs", async () => {
  await throughTo(window, { folder: other });
  renameSync(other, join(home, "moved"));
  expect(await throughTo(window)).toMatchObject({
    status: "failed",
    error: {
      message: `The folder ${other} that this session works in is not there. Bring it back, or choose another one for the session.`,
    },
  });
  symlinkSync("/", other);
  expect((await throughTo(window)).error?.message).toContain("leads to / by now");
  renameSync(usual, join(home, "usual too"));
  expect((await throughTo(window, { sessionId: "another" })).error?.message).toContain(
    "choose another one in the settings",
  );
  expect(seen).toEqual([other]);
});

test("what was remembered for one folder does not hold in the next", async () => {
  made = core();
  const first = await start(window);
  await turn();
  made.permissions.decide(
    made.permissions.pending()[0]?.id as never,
    { decision: "allow", scope: "forever" },
    AT_POPUP,
  );
  await end(made, first.id);
  await throughTo(window);
  expect(seen).toEqual([usual, usual]);
  await made.sessions.move(S, other, window);
  const moved = await start(window);
  await turn();
  expect(made.permissions.pending()).toMatchObject([{ workDir: other }]);
  made.runs.cancel(moved.id);
  await end(made, moved.id);
});

test("moving a session is recorded when the person does it, waits otherwise, and not while a run goes on", async () => {
  await throughTo(window, { folder: other });
  expect(await made.sessions.move(S, usual, window)).toMatchObject({ workspace: usual });
  const waits = made.sessions.move(S, other, program);
  waits.catch(() => {});
  await turn();
  expect(made.permissions.pending()).toHaveLength(1);
  made.permissions.decide(made.permissions.pending()[0]?.id as never, DENY, AT_POPUP);
  await expect(waits).rejects.toMatchObject({ code: "permissions.not_allowed" });
  expect(await made.sessions.move(S, null, program)).toMatchObject({ workspace: null });
  const { decisions } = await made.permissions.decisions({ limit: 9, search: "folder" });
  expect(decisions.map(({ outcome }) => outcome)).toContain("allowed");
  const going = core({ db: made.db, clock: made.clock, model: createScriptedModel([["hang"]]) });
  const { id } = await start(window, {}, going);
  await expect(going.sessions.move(S, other, window)).rejects.toMatchObject({ code: "sessions.in_use" });
  going.runs.cancel(id);
  await end(going, id);
});

test("a fork works where its parent does", async () => {
  await throughTo(window, { folder: other });
  const { id } = await made.sessions.fork(S, {});
  await throughTo(program, { sessionId: id });
  expect(seen).toEqual([other, other]);
});
