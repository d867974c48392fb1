import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RunEvent } from "../areas/runs/contract.ts";
import { runCli } from "./run-cli.ts";
import { createCapturedTerminal, type CapturedTerminal } from "./testing/captured-terminal.ts";
import { commandLine } from "./testing/command-line.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";

let daemon: HeadlessDaemon;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
}, 20_000);

afterAll(() => daemon.remove());

const cli = commandLine(() => daemon);

const startRun = (terminal: CapturedTerminal, ...args: string[]) =>
  runCli(["run", ...args, "--home", daemon.home], terminal, "unused");

const pendingIds = async () => {
  const { permissions } = JSON.parse((await cli("pending", "--json")).out) as {
    permissions: { id: string }[];
  };
  return permissions.map(({ id }) => id);
};

const waitForRequest = async () => {
  const [id, ...more] = await vi.waitFor(async () => {
    const ids = await pendingIds();
    expect(ids).not.toEqual([]);
    return ids;
  }, 5000);
  expect(more).toEqual([]);
  return id as string;
};

const write = (path: string) => `/write_file {"path":"${path}","content":"one\\ntwo\\n"}`;

test("status says where and what, in words and as JSON", async () => {
  const { code, out } = await cli("status");
  expect(code).toBe(0);
  expect(out).toContain(`at ${daemon.connection.base_url}, process ${daemon.connection.pid}`);
  expect(out).toMatch(/^Requests {3}none waits$/m);
  const facts = JSON.parse((await cli("status", "--json")).out) as unknown;
  expect(facts).toMatchObject({ activeRuns: 0, provider: "playbook", pid: daemon.connection.pid });
  expect(out).not.toContain(daemon.connection.token);
});

describe("run", () => {
  test("streams the words to the output and nothing else", async () => {
    expect(await cli("run", "hello", "there")).toEqual({ code: 0, out: "hello there\n", err: "" });
  });

  test("shows control characters instead of obeying them", async () => {
    const { out } = await cli("run", "a\u001b[31mred\u202e b");
    expect(out).toBe("a\\x1b[31mred\\u202e b\n");
  });

  test("as JSON is one event per line, to the last", async () => {
    const { out, err } = await cli("run", "hi", "--json", "--session", "json one");
    const events = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunEvent);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(["run_start", "run_done"]);
    expect(err).toBe("");
  });

  test("shows the whole request; an answer given elsewhere goes on with it", async () => {
    const terminal = createCapturedTerminal();
    const ended = startRun(terminal, write("allowed.txt"));
    const id = await waitForRequest();
    await vi.waitFor(() => expect(terminal.err()).toContain("gatehouse approve"));
    expect(terminal.err()).toContain("  + one\n  + two\n");
    const table = (await cli("pending")).out.split("\n");
    expect(table[0]).toMatch(/^ID +FROM +RISK +WAITS +LEFT +WANTS TO$/);
    expect(table[1]).toContain(`${id.slice(5, 13)}  cli`);

    const approved = await cli("approve", id.slice(5, 13), "--scope", "session_target");
    expect(approved).toMatchObject({ code: 0, err: "" });
    expect(approved.out).toMatch(/^Allowed: .+\nRemembered: .+\n$/);
    expect(await ended).toBe(0);
    expect(terminal.err()).toContain("→ allowed on the command line");
    expect(readFileSync(join(daemon.work, "allowed.txt"), "utf8")).toBe("one\ntwo\n");

    const late = await cli("deny", id.slice(5, 13));
    expect(late).toEqual({ code: 4, out: "", err: "gatehouse: Too late: allowed on the command line.\n" });
  });

  test("a denied request reaches the agent and shows in the exit code", async () => {
    const terminal = createCapturedTerminal();
    const ended = startRun(terminal, write("denied.txt"));
    const id = await waitForRequest();
    expect((await cli("deny", id, "--reason", "use another name")).out).toMatch(/^Denied: /);
    expect(await ended).toBe(6);
    expect(terminal.err()).toContain("use another name");
    expect(() => readFileSync(join(daemon.work, "denied.txt"))).toThrow("ENOENT");
  });

  test("asks a person at the terminal, whose earlier typing answers nothing", async () => {
    const terminal = createCapturedTerminal({ canAsk: true });
    terminal.type("a\n");
    const ended = startRun(terminal, write("asked.txt"));
    await vi.waitFor(() => expect(terminal.err()).toContain("> "), 5000);
    expect(terminal.err()).toMatch(/^ {2}a +allow once$/m);
    terminal.type("y\n");
    await vi.waitFor(() => expect(terminal.err()).toContain("Type one of the letters"), 5000);
    terminal.type("d because of the name\n");
    expect(await ended).toBe(6);
    expect(terminal.err()).toContain("because of the name");
  });

  test("what is of high risk is shown and asked back at a terminal", async () => {
    const ended = startRun(createCapturedTerminal(), "/shell_exec git push --force origin main");
    const id = await waitForRequest();
    const approve = (terminal: CapturedTerminal) =>
      runCli(["approve", id.slice(5, 13), "--home", daemon.home], terminal, "unused");
    const terminal = createCapturedTerminal({ canAsk: true });
    const answered = approve(terminal);
    await vi.waitFor(() => expect(terminal.err()).toContain("> "), 5000);
    expect(terminal.err()).toContain("git push --force origin main");
    terminal.type("y\n");
    await vi.waitFor(() => expect(terminal.err()).toContain("Type yes, or end"), 5000);
    expect(await pendingIds()).toEqual([id]);
    terminal.type("yes\n");
    expect(await answered).toBe(0);
    expect(terminal.out()).toMatch(/^Allowed: /);
    await ended;
  });

  test("a scope that is not offered answers nothing", async () => {
    const terminal = createCapturedTerminal();
    const ended = startRun(terminal, "/shell_exec node -e 1");
    const id = await waitForRequest();
    expect(await cli("approve", id, "--scope", "forever")).toMatchObject({ code: 1 });
    expect(await cli("approve", id, "--scope", "always")).toMatchObject({ code: 2 });
    expect(await pendingIds()).toEqual([id]);
    await cli("deny", id);
    await ended;
  });

  test("refuses nonsense before it starts", async () => {
    expect((await cli("run")).code).toBe(2);
    expect((await cli("run", "x", "--max-turns", "many")).code).toBe(2);
    expect(await cli("run", "x", "--provider", "nobody")).toMatchObject({
      code: 1,
      err: expect.stringContaining("nobody") as unknown,
    });
  });
});

test("grants are listed, revoked and restored", async () => {
  const { grants } = JSON.parse((await cli("grants", "--json")).out) as { grants: { id: string }[] };
  const id = grants[0]?.id ?? "";
  expect((await cli("grants")).out).toContain(id.slice(6, 14));
  expect((await cli("grants", "revoke", id.slice(6, 14))).out).toContain(`gatehouse grants restore ${id}`);
  expect(await cli("grants", "revoke", id)).toMatchObject({ code: 4 });
  expect((await cli("grants", "restore", id)).code).toBe(0);
  expect((await cli("grants", "forget", id)).code).toBe(2);
});

describe("keys", () => {
  test("whoever is not the person is told that the key waits for the person's yes", async () => {
    const admin = await cli("keys", "create", "deputy", "--scopes", "admin,answer");
    const { base_url: url } = daemon.connection;
    const terminal = createCapturedTerminal();
    const words = [
      "keys",
      "create",
      "helper",
      "--scopes",
      "answer",
      "--url",
      url,
      "--token",
      admin.out.trim(),
    ];
    const making = runCli(words, terminal, "unused");
    const id = await waitForRequest();
    await vi.waitFor(() => expect(terminal.err()).toContain("waits for your yes"), 5_000);
    expect(terminal.out()).toBe("");
    expect((await cli("approve", id)).code).toBe(0);
    expect(await making).toBe(0);
    expect(terminal.out()).toMatch(/^gh_/);
    // The person is not told to wait for himself.
    expect(admin.err).not.toContain("waits");
    for (const name of ["helper", "deputy"]) expect((await cli("keys", "revoke", name)).code).toBe(0);
  });

  test("are made, shown once, used, listed and revoked", async () => {
    expect((await cli("keys")).out).toContain("There are no keys");
    const made = await cli("keys", "create", "phone", "--scopes", "ask,follow", "--expires", "30d");
    expect(made).toMatchObject({ code: 0, err: expect.stringContaining("only time") as unknown });
    expect(made.out).toMatch(/^gh_[0-9a-f]{16}_[0-9a-f]{64}\n$/);
    const token = made.out.trim();

    const [head, row] = (await cli("keys", "list")).out.split("\n");
    expect(head).toMatch(/^ID +NAME +USED +ENDS IN +MAY$/);
    expect(row).toMatch(/^[0-9a-f]{8} +phone +never +30 d +ask, follow$/);
    expect((await cli("pending", "--token", token)).code).toBe(0);
    expect(await cli("status", "--token", token)).toMatchObject({
      code: 1,
      err: expect.stringContaining('needs the scope "read"') as unknown,
    });
    expect((await cli("keys")).out).not.toContain("never");
    expect((await cli("keys", "--json")).out).not.toContain(token.slice(20));

    expect((await cli("keys", "revoke", "phone")).out).toContain('Revoked: "phone"');
    expect(await cli("keys", "revoke", "phone")).toMatchObject({ code: 4 });
    expect(await cli("pending", "--token", token)).toMatchObject({
      code: 3,
      err: expect.stringContaining("refuses the token") as unknown,
    });
  });

  test.each([
    ["keys", "make", "x"],
    ["keys", "create"],
    ["keys", "create", "x"],
    ["keys", "create", "x", "--scopes", "everything"],
    ["keys", "create", "x", "--scopes", "ask", "--expires", "soon"],
    ["keys", "create", "x", "--scopes", "ask", "--expires", "0d"],
    ["keys", "revoke"],
    ["keys", "list", "x"],
  ])("%s %s %s %s %s %s is wrong usage", async (...args) => {
    expect((await cli(...args.filter((word) => word !== undefined))).code).toBe(2);
  });
});

describe("what goes wrong", () => {
  test.each([
    [["statsu"], 2, 'Did you mean "status"?'],
    [["pending", "--scope", "once"], 2, "pending has no option --scope"],
    [["status", "--frobnicate"], 2, "--frobnicate"],
    [["approve"], 2, "Give the id of one request."],
    [["approve", "ffffffff"], 4, 'No request "ffffffff"'],
    [["memories", "loose"], 2, "Usage: gatehouse memories"],
  ])("%j ends with %d and says why", async (args, code, words) => {
    const result = await cli(...args);
    expect(result).toMatchObject({ code, out: "" });
    expect(result.err).toContain(words);
  });

  test("no daemon, a stale connection file, a wrong token, not a Gatehouse", async () => {
    const home = mkdtempSync(join(tmpdir(), "gatehouse-cli-"));
    const run = async (...args: string[]) => {
      const terminal = createCapturedTerminal();
      return [await runCli(["status", "--home", home, ...args], terminal, "unused"), terminal.err()] as const;
    };
    expect(await run()).toEqual([3, expect.stringContaining("No Gatehouse is running")]);
    writeFileSync(
      join(home, "daemon.json"),
      '{"version":1,"base_url":"http://127.0.0.1:9","token":"t","pid":1}',
    );
    expect(await run()).toEqual([3, expect.stringContaining("does not answer at http://127.0.0.1:9")]);
    const { base_url: url } = daemon.connection;
    expect(await run("--url", url)).toEqual([2, expect.stringContaining("needs its token")]);
    expect(await run("--url", url, "--token", "wrong")).toEqual([
      3,
      expect.stringContaining("is not your Gatehouse, or the token is another's"),
    ]);
    const unknownKey = `gh_${"0".repeat(16)}_${"0".repeat(64)}`;
    expect(await run("--url", url, "--token", unknownKey)).toEqual([
      3,
      expect.stringContaining("refuses the token"),
    ]);
    expect(await run("--url", "nowhere", "--token", "t")).toEqual([
      2,
      expect.stringContaining("--url takes"),
    ]);
    rmSync(home, { recursive: true });
  });

  test("help goes to the output when asked for, to the errors when not", async () => {
    const asked = createCapturedTerminal();
    expect(await runCli(["help"], asked, "unused")).toBe(0);
    expect(asked.out()).toContain("Exit codes:");
    const lost = createCapturedTerminal();
    expect(await runCli([], lost, "unused")).toBe(2);
    expect([lost.out(), lost.err()]).toEqual(["", asked.out()]);
    expect((await cli("run", "--help")).out).toContain("Usage: gatehouse run");
  });
});
