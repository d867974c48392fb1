import { homedir } from "node:os";
import { describe, expect, test } from "vitest";
import type { Subject } from "../inspection/contract.ts";
import {
  changedSince,
  choicesFor,
  grantCovers,
  grantId,
  grantKey,
  grantLastsMs,
  isRememberable,
  ownerOf,
  rememberedGrant,
  scopesOf,
  type Asked,
  type GrantScope,
} from "./grants.ts";

const NOW = Date.UTC(2026, 0, 1);
const APP = `${homedir()}/app`;

const asked = (given: Partial<Asked> & { target?: string } = {}): Asked => ({
  clientId: "c:1",
  keyId: null,
  sessionId: "m1",
  tool: "side_effect",
  workDir: APP,
  subject: { action: "touch", target: given.target ?? "x", remember: "wide" },
  riskLevel: "low",
  ...given,
});

const running = (target: string, given: Partial<Subject> = {}): Asked =>
  asked({
    tool: "shell_exec",
    subject: {
      action: "exec",
      target,
      remember: "wide",
      execution: { program: "x", scripts: [] },
      ...given,
    },
  });
const runningScript = (target: string, digest: string, given: Partial<Subject> = {}): Asked =>
  running(target, {
    remember: "narrow",
    execution: { program: "x", scripts: [{ path: "/a.sh", digest }] },
    ...given,
  });

const covers = (scope: GrantScope, given: Asked, later: Asked) => {
  const remembered = rememberedGrant(scope, given, "touch `x`", NOW);
  const isFound = grantId(scope, grantKey(scope, later)) === remembered.grant.id;
  return isFound && grantCovers(remembered, later);
};

describe("the owner", () => {
  test.each([
    ["claude-code", "s", "client:claude-code"],
    [" claude-code ", "s", "client:claude-code"],
    ["", "s", "session:s"],
    ["  ", " s ", "session:s"],
    ["cli:4711", "s", "client:cli"],
    ["dashboard:12", "s", "client:dashboard"],
    ["cli:me", "s", "client:cli:me"],
    ["cli:12:3", "s", "client:cli:12:3"],
    ["telegram:42", "s", "client:telegram:42"],
    ["xcli:42", "s", "client:xcli:42"],
  ])("of client %j in session %j is %s", (clientId, sessionId, owner) => {
    expect(ownerOf({ keyId: null, clientId, sessionId })).toBe(owner);
  });
});

describe("ids (vectors of the Glue contract, 4.4)", () => {
  test.each([
    ["session", asked(), "grant_40ce150e591cc8f0"],
    ["session_target", asked({ sessionId: "m2" }), "grant_37ea9e3ecd333435"],
    ["forever", asked({ clientId: "c:2" }), "grant_d8c83fa2e93a3807"],
    ["forever", asked({ clientId: "", sessionId: "m5" }), "grant_522453d80adb96d4"],
  ] as const)("%s", (scope, call, id) => {
    expect(grantId(scope, grantKey(scope, call))).toBe(id);
  });
});

describe("what a grant covers", () => {
  const given = asked();
  const other = {
    target: asked({ target: "y" }),
    session: asked({ sessionId: "m2" }),
    client: asked({ clientId: "c:2" }),
    tool: asked({ tool: "other" }),
    folder: asked({ workDir: `${APP}/sub` }),
  };

  test.each([
    ["session", { target: true, session: false }],
    ["session_target", { target: false, session: false }],
    ["minutes_15", { target: false, session: true }],
    ["minutes_30", { target: false, session: true }],
    ["minutes_60", { target: false, session: true }],
    ["forever", { target: false, session: true }],
  ] as const)("%s", (scope, { target, session }) => {
    expect(covers(scope, given, given)).toBe(true);
    expect(covers(scope, given, other.target)).toBe(target);
    expect(covers(scope, given, other.session)).toBe(session);
    expect(covers(scope, given, other.client)).toBe(false);
    expect(covers(scope, given, other.tool)).toBe(false);
    expect(covers(scope, given, other.folder)).toBe(false);
  });

  test("another process of the same terminal client", () => {
    expect(covers("forever", asked({ clientId: "cli:1" }), asked({ clientId: "cli:2" }))).toBe(true);
    expect(covers("forever", asked({ clientId: "cli:1" }), asked({ clientId: "cli:me" }))).toBe(false);
  });

  test("a client without a name stays in its session", () => {
    expect(covers("forever", asked({ clientId: "" }), asked({ clientId: "" }))).toBe(true);
    expect(covers("forever", asked({ clientId: "" }), asked({ clientId: "", sessionId: "m2" }))).toBe(false);
  });

  test("only the very call it was given for, also where another one has the same id", () => {
    const forever = rememberedGrant("forever", given, "", NOW);
    const session = rememberedGrant("session", given, "", NOW);
    expect(grantCovers(forever, given)).toBe(true);
    for (const later of [other.target, other.client, other.tool])
      expect(grantCovers(forever, later)).toBe(false);
    for (const later of [other.session, other.client, other.tool])
      expect(grantCovers(session, later)).toBe(false);
    const elsewise = asked({ subject: { action: "other", target: "x", remember: "wide" } });
    expect(grantCovers(session, elsewise)).toBe(false);
  });

  test("a name can't be spelled so that it runs into the next part of the key", () => {
    const spelled = asked({ clientId: "c:1\0m1", sessionId: "" });
    expect(covers("session", given, spelled)).toBe(false);
  });

  test.each([
    ["minutes_15", 15],
    ["minutes_30", 30],
    ["minutes_60", 60],
  ] as const)("%s ends on time", (scope, minutes) => {
    expect(grantLastsMs(scope)).toBe(minutes * 60_000);
    const { createdAt, expiresAt } = rememberedGrant(scope, given, "", NOW).grant;
    expect([createdAt, expiresAt]).toEqual([NOW, NOW + minutes * 60_000]);
  });

  test("the others do not end", () => {
    for (const scope of ["session", "session_target", "forever"] as const) {
      expect(grantLastsMs(scope)).toBeNull();
      expect(rememberedGrant(scope, given, "", NOW).grant.expiresAt).toBeNull();
    }
  });

  test("what is allowed only once is never covered, not even by a grant for the whole session", () => {
    const plain = running("git status");
    const inline = running("bash -c ls", { remember: "once" });
    expect(covers("session", plain, inline)).toBe(false);
    expect(covers("forever", inline, inline)).toBe(false);
    expect(covers("session", plain, running("git log"))).toBe(true);
  });

  test("a grant for every command covers no more than what may be remembered so widely", () => {
    const narrow = running("npm test", { remember: "narrow" });
    expect(covers("session", running("git status"), narrow)).toBe(false);
    expect(covers("session", narrow, narrow)).toBe(false);
    expect(covers("session_target", narrow, narrow)).toBe(true);
    expect(covers("forever", narrow, narrow)).toBe(true);
  });

  test("what is of high risk is asked each time, whatever else may be remembered of it", () => {
    const plain = running("git status");
    const grave = { ...running("git push --force"), riskLevel: "high" } as const;
    expect(covers("session", plain, running("git push --force"))).toBe(true);
    expect(covers("session", plain, grave)).toBe(false);
    expect(covers("session", grave, grave)).toBe(false);
    expect(covers("session", asked(), asked({ riskLevel: "high" }))).toBe(false);
    expect(covers("session", asked(), asked({ riskLevel: "medium" }))).toBe(true);
    expect(covers("minutes_15", grave, grave)).toBe(true);
  });

  test("a command is covered with the very words it was given for, in the session with any", () => {
    const command = (fingerprint: string) => running("rm a b", { fingerprint });
    expect(covers("session_target", command("rm|a b"), command("rm|a b"))).toBe(true);
    expect(covers("session_target", command("rm|a b"), command("rm|a|b"))).toBe(false);
    expect(covers("session_target", command("rm|a b"), running("rm a b"))).toBe(false);
    expect(covers("session", command("rm|a b"), command("rm|a|b"))).toBe(true);
    const script = (fingerprint: string) => runningScript("bash a.sh x y", "1", { fingerprint });
    expect(covers("forever", script("bash|a.sh|x y"), script("bash|a.sh|x y"))).toBe(true);
    expect(covers("forever", script("bash|a.sh|x y"), script("bash|a.sh|x|y"))).toBe(false);
  });

  test("a script is covered as long as it is what it was", () => {
    const script = (digest: string) => runningScript("bash a.sh", digest);
    expect(covers("forever", script("1"), script("1"))).toBe(true);
    expect(covers("forever", script("1"), script("2"))).toBe(false);
    expect(covers("forever", script("1"), running("bash a.sh"))).toBe(false);
    expect(covers("forever", running("bash a.sh"), script("1"))).toBe(false);
    expect(covers("session", running("git status"), script("1"))).toBe(false);
  });
});

describe("whoever asks without a session", () => {
  const nowhere = asked({ sessionId: null });
  const nobody = asked({ clientId: " ", sessionId: null });

  test("is remembered by its name, and never for a session", () => {
    expect(scopesOf(nowhere)).toEqual(["forever", "minutes_60", "minutes_30", "minutes_15"]);
    expect(covers("forever", nowhere, nowhere)).toBe(true);
    expect(covers("forever", asked(), nowhere)).toBe(true);
    expect(covers("session", asked({ sessionId: "" }), nowhere)).toBe(false);
    expect(covers("session", nowhere, nowhere)).toBe(false);
    expect(choicesFor(nowhere, { thing: "X", place: "~" }).map(({ scope }) => scope)).toEqual([
      "once",
      "minutes_15",
      "minutes_30",
      "minutes_60",
      "forever",
    ]);
  });

  test("and without a name not at all", () => {
    expect(scopesOf(nobody)).toEqual([]);
    expect(choicesFor(nobody, { thing: "X", place: "~" })).toEqual([
      { scope: "once", sentence: "Only this one" },
    ]);
    for (const scope of ["forever", "minutes_15", "session"] as const) {
      expect(covers(scope, nobody, nobody), scope).toBe(false);
    }
  });
});

describe("choices", () => {
  const words = (call: Asked, thing: string) => choicesFor(call, { thing, place: "~/app" });

  test("say what each would remember; what covers more than this call comes last and says what", () => {
    expect(words(asked(), "Touch `x`")).toEqual([
      { scope: "once", sentence: "Only this one" },
      { scope: "session_target", sentence: "Touch `x` in ~/app, for this session" },
      { scope: "minutes_15", sentence: "Touch `x` in ~/app, for 15 minutes" },
      { scope: "minutes_30", sentence: "Touch `x` in ~/app, for 30 minutes" },
      { scope: "minutes_60", sentence: "Touch `x` in ~/app, for 60 minutes" },
      { scope: "forever", sentence: "Touch `x` in ~/app, always" },
      {
        scope: "session",
        sentence: "Every `side_effect` in ~/app, for this session",
        beyond:
          "Until this session ends, every use of `side_effect` in ~/app will not be asked about. High risk always is.",
      },
    ]);
  });

  test("for commands the session one says what it covers", () => {
    expect(words(running("git status"), "Run `git status`").at(-1)).toEqual({
      scope: "session",
      sentence: "Every known command that only reads or writes files in ~/app, for this session",
      beyond:
        "Until this session ends, every known command that only reads or writes files in ~/app will not be asked about. High risk always is.",
    });
  });

  test("high risk opens no session", () => {
    const scopes = words(asked({ riskLevel: "high" }), "Touch `x`").map(({ scope }) => scope);
    expect(scopes).toContain("session_target");
    expect(scopes).not.toContain("session");
  });

  test("what may be remembered only narrowly opens no session", () => {
    const choices = words(running("npm test", { remember: "narrow" }), "Run `npm test`");
    expect(choices.map(({ scope }) => scope)).toEqual([
      "once",
      "session_target",
      "minutes_15",
      "minutes_30",
      "minutes_60",
      "forever",
    ]);
  });

  test("a script is bound to what it is now, and opens no session", () => {
    const call = runningScript("bash a.sh", "1");
    const choices = words(call, "Run `bash a.sh`");
    expect(choices.map(({ scope }) => scope)).not.toContain("session");
    expect(choices[1]?.sentence).toBe("Run `bash a.sh` as the script is now in ~/app, for this session");
  });

  test("code on a command line can be allowed only once", () => {
    const choices = words(running("bash -c ls", { remember: "once" }), "Run `bash -c ls`");
    expect(choices).toEqual([{ scope: "once", sentence: "Only this one" }]);
    expect(isRememberable("once", choices)).toBe(true);
    expect(isRememberable("session", choices)).toBe(false);
  });
});

describe("a remembered grant", () => {
  const sentence = (scope: GrantScope, call: Asked, act = "run `npm test`") =>
    rememberedGrant(scope, call, act, NOW).grant.sentence;

  test("says who may do what and where", () => {
    expect(sentence("forever", asked({ clientId: "claude-code" }))).toBe(
      "claude-code may run `npm test` in ~/app",
    );
    expect(sentence("forever", asked({ clientId: "cli:99" }))).toBe("cli may run `npm test` in ~/app");
    expect(sentence("session", asked())).toBe("c:1 may use `side_effect` on anything in ~/app");
    expect(sentence("session", running("npm test"))).toBe(
      "c:1 may run every known command that only reads or writes files in ~/app",
    );
  });

  test("tells a client from a session, whatever it calls itself", () => {
    expect(sentence("forever", asked({ clientId: "", sessionId: "s1" }))).toBe(
      "session s1 may run `npm test` in ~/app",
    );
    expect(sentence("forever", asked({ clientId: "session:s1" }))).toBe(
      "session:s1 may run `npm test` in ~/app",
    );
  });

  test("shows what a name hides", () => {
    expect(sentence("forever", asked({ clientId: "a\u202eb\nc" }))).toBe(
      "`a\\u202eb\\nc` may run `npm test` in ~/app",
    );
  });

  test("keeps the session only where it is bound to it", () => {
    const sessionOf = (scope: GrantScope, call = asked()) =>
      rememberedGrant(scope, call, "", NOW).grant.sessionId;
    expect([
      sessionOf("session"),
      sessionOf("session_target"),
      sessionOf("minutes_15"),
      sessionOf("forever"),
    ]).toEqual(["m1", "m1", null, null]);
    expect(sessionOf("forever", asked({ clientId: " " }))).toBe("m1");
  });
});

describe("what was allowed as it was then", () => {
  const remembered = rememberedGrant("forever", runningScript("npm test", "1"), "run", NOW);
  const withScripts = (scripts: readonly { path: string; script?: string; digest: string }[], more = {}) =>
    running("npm test", { remember: "narrow", execution: { program: "npm", scripts }, ...more });
  const ofTest = { path: "package.json", script: "test", digest: "1" };

  test("says by name what is another now", () => {
    expect(changedSince(remembered, runningScript("npm test", "1"))).toBeNull();
    expect(changedSince(remembered, runningScript("npm test", "2"))).toEqual(["/a.sh"]);
    const lines = rememberedGrant("forever", withScripts([ofTest]), "run", NOW);
    expect(changedSince(lines, withScripts([{ ...ofTest, digest: "2" }]))).toEqual([
      "package.json's test script",
    ]);
    expect(changedSince(lines, withScripts([ofTest, { path: "b.js", digest: "3" }]))).toEqual(["b.js"]);
    expect(changedSince(lines, withScripts([]))).toBeNull();
    const other = withScripts([{ ...ofTest, digest: "2" }], { fingerprint: "another call" });
    expect(changedSince(lines, other)).toBeNull();
    expect(changedSince(lines, { ...withScripts([{ ...ofTest, digest: "2" }]), workDir: "/" })).toBeNull();
  });

  test("names what made the difference, once, and what is no longer led to only if nothing else did", () => {
    const file = { path: "package.json", digest: "1" };
    const led = { path: "cart.js", digest: "1" };
    const before = rememberedGrant("forever", withScripts([ofTest, file, led]), "run", NOW);
    const now = withScripts([
      { ...ofTest, digest: "2" },
      { ...file, digest: "2" },
    ]);
    expect(changedSince(before, now)).toEqual(["package.json's test script"]);
    expect(changedSince(before, withScripts([ofTest, file]))).toEqual(["cart.js"]);
  });

  test("is not covered by what earlier versions bound to less", () => {
    const old = { ...remembered, boundTo: "1" };
    expect(grantCovers(old, runningScript("npm test", "1"))).toBe(false);
    expect(changedSince(old, runningScript("npm test", "2"))).toBeNull();
    const plain = running("git status", { fingerprint: "f" });
    expect(rememberedGrant("forever", plain, "run", NOW).boundTo).toBe("f");
  });
});
