import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, rename, symlink, writeFile as writeFileTo } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createApi } from "../fixtures/api.ts";
import { programsThatName } from "../fixtures/process-list.ts";
import { runDaemon } from "../fixtures/daemon.ts";
import { call, createGlue, payloadsOf, runErrorOf, writeFile } from "../fixtures/glue.ts";
import { createNative } from "../fixtures/native.ts";
import { expect, placeBeside, test } from "../fixtures/test.ts";

const isWindows = process.platform === "win32";
const modeOf = (path: string): number => statSync(path).mode & 0o777;
const read = (path: string) =>
  JSON.parse(readFileSync(path, "utf8")) as { version: number; base_url: string; token: string; pid: number };

test.describe("Glue contract 9: metadata and lifecycle", () => {
  test("77 the connection file is at its default place, for its owner alone", async ({ start, place }) => {
    const daemon = await start({ token: null, metadata: null });
    const glueFile = join(dirname(place.home), "config", "glue", "daemon.json");
    for (const path of [glueFile, join(place.home, "daemon.json")]) {
      const text = readFileSync(path, "utf8");
      const file = read(path);
      expect(file).toEqual({
        version: 1,
        base_url: daemon.baseUrl,
        token: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        pid: daemon.pid,
      });
      expect(text).toBe(`${JSON.stringify(file, null, 2)}\n`);
      if (!isWindows) expect([modeOf(path), modeOf(dirname(path))]).toEqual([0o600, 0o700]);
      expect(existsSync(`${path}.tmp`)).toBe(false);
    }
    expect(read(glueFile).token).not.toBe(read(join(place.home, "daemon.json")).token);
    expect(daemon.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await daemon.api.get("/v1/status", {
      headers: { authorization: `Bearer ${read(glueFile).token}` },
    });
    expect(answer.status).toBe(200);
  });

  test("77 what the daemon keeps is for its owner alone", async ({ start, place }) => {
    test.skip(isWindows);
    const daemon = await start();
    await createGlue(daemon.api).run("s", "hello");
    for (const name of ["gatehouse.db", "gatehouse.db-wal", "daemon.json", "logs/gatehouse.log"]) {
      expect(modeOf(join(place.home, name)), name).toBe(0o600);
    }
    for (const name of ["", "logs", "spool"]) expect(modeOf(join(place.home, name)), name).toBe(0o700);
  });

  test("78 the flag's token goes before the environment's, that before a new one", async ({
    start,
    place,
  }) => {
    const beside = [await placeBeside(place, "two"), await placeBeside(place, "three")];
    const environment = { GLUE_DAEMON_TOKEN: " env-token " };
    const flag = await start({ token: " flag-token ", environment });
    expect(read(place.metadata).token).toBe("flag-token");
    expect(read(join(place.home, "daemon.json")).token).toMatch(/^[0-9a-f]{64}$/);
    expect(flag.startLines.at(-1)).toBe("token: written to metadata file (flag)");
    const env = await start(
      { token: null, environment },
      { ...place, home: beside[0]?.home ?? "", metadata: beside[0]?.metadata ?? "" },
    );
    expect(read(env.place.metadata).token).toBe("env-token");
    expect(env.startLines.at(-1)).toBe("token: written to metadata file (GLUE_DAEMON_TOKEN)");
    const made = await start({ token: null }, beside[1]);
    expect(made.startLines.at(-1)).toBe("token: written to metadata file (generated)");
  });

  test("78 a token from the environment or a file is in no process list and in no tool's environment", async ({
    start,
    place,
  }) => {
    test.skip(process.platform !== "linux", "reads /proc");
    const secret = `secret-${randomBytes(12).toString("hex")}`;
    const file = join(place.home, "token");
    await writeFileTo(file, `${secret}\n`, { mode: 0o600 });
    const besides = await placeBeside(place, "file");
    const settings = {
      permissions: { default_tier: "trusted" },
      coding: { allow_binaries: ["env", "cat"] },
    };
    const daemons = [
      await start({
        token: null,
        environment: { GLUE_DAEMON_TOKEN: secret, GATEHOUSE_TOKEN: secret },
        settings,
      }),
      await start({ token: null, args: ["--token-file", file], settings }, besides),
    ];
    expect(daemons[1]?.startLines.at(-1)).toBe("token: written to metadata file (file)");
    for (const daemon of daemons) {
      const api = createApi({ port: daemon.port, token: secret });
      const program = `${call("shell_exec", { argv: ["env"] })}\n${call("shell_exec", { argv: ["cat", "/proc/self/environ"] })}`;
      const frames = await createGlue(api).run("s", program);
      const results = payloadsOf(frames, "tool_end").map(({ tool_result }) => JSON.stringify(tool_result));
      expect(results).toHaveLength(2);
      expect(results[0]).toContain("PATH=");
      for (const result of results) expect(result).not.toContain(secret);
      expect(programsThatName(secret)).toEqual([]);
    }
  });

  test("78 a token file that has none is refused", async ({ place }) => {
    const file = join(place.home, "token");
    const missing = await runDaemon(place, { token: null, args: ["--token-file", file] });
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    await writeFileTo(file, "two\nlines\n");
    const odd = await runDaemon(place, { token: null, args: ["--token-file", file] });
    expect(odd.stderr).toBe(`gatehouse: --token-file ${file} must have one line, the token\n`);
  });

  test("78 without a metadata file there must be a token", async ({ start, place }) => {
    const refused = await runDaemon(place, { token: null, metadata: "" });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe("gatehouse: metadata disabled requires --token or GLUE_DAEMON_TOKEN\n");
    expect(refused.stdout).toBe("");

    const daemon = await start({ token: "tok", metadata: "" });
    expect(daemon.startLines).toEqual([
      "gatehouse listening",
      `base_url: ${daemon.baseUrl}`,
      "token: configured (flag); metadata file disabled",
    ]);
    expect(existsSync(join(place.home, "daemon.json"))).toBe(false);
    expect((await createGlue(daemon.api).diagnostics()).runtime).not.toHaveProperty("metadata_path");
  });

  test("79 the start lines are those that scripts read, without the token", async ({ start, place }) => {
    const daemon = await start({ token: "secret-token" });
    expect(daemon.startLines).toEqual([
      "gatehouse listening",
      `base_url: ${daemon.baseUrl}`,
      `metadata: ${place.metadata}`,
      "token: written to metadata file (flag)",
    ]);
    const { stdout, stderr } = await daemon.stop();
    expect(stdout + stderr).not.toContain("secret-token");
    expect(readFileSync(join(place.home, "logs", "gatehouse.log"), "utf8")).not.toContain("secret-token");
  });

  test("70 a damaged database is kept as it is, and whoever starts the daemon is told", async ({
    start,
    place,
  }) => {
    const path = join(place.home, "gatehouse.db");
    await writeFileTo(path, "this is no database, and it is long enough to be looked at".repeat(20));
    const before = readFileSync(path);
    const daemon = await start();
    expect(daemon.startLines).toHaveLength(4);
    const { stderr, code } = await daemon.stop();
    expect(code).toBe(0);
    const [, kept = ""] =
      /^gatehouse: The database was damaged \(.+\), and an empty one took over\. What was there is kept as (\S+\.db)\. There is no backup\.\n$/.exec(
        stderr,
      ) ?? [];
    expect(readFileSync(join(place.home, kept)).equals(before)).toBe(true);
  });
});

test.describe("stopping", () => {
  test("80 idle: at once, with exit 0, and the connection files go", async ({ start, place }) => {
    const daemon = await start();
    await createGlue(daemon.api).run("s", "hello");
    const at = Date.now();
    const exit = await daemon.stop();
    expect(exit).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect(Date.now() - at).toBeLessThan(2_000);
    expect([existsSync(place.metadata), existsSync(join(place.home, "daemon.json"))]).toEqual([false, false]);
  });

  test("80 with an open stream: it ends with run_error canceled, exit 0", async ({
    modelDaemon,
    modelGlue: glue,
    model,
  }) => {
    model.script({ text: "a b c d e f g h", delayMs: 1_000 });
    const { run_id: runId } = await glue.start("s", "go");
    const stream = await glue.stream(runId);
    await stream.firstOf("turn_start");
    const at = Date.now();
    const exit = await modelDaemon.stop();
    expect(exit).toMatchObject({ code: 0, stderr: "" });
    expect(Date.now() - at).toBeLessThan(5_000);
    expect(runErrorOf(await stream.ended)).toEqual({
      code: "canceled",
      message: "context canceled",
      retryable: false,
    });
  });

  test("80 with a waiting request: it is denied on record, the stream ends, exit 0", async ({
    start,
    place,
  }) => {
    const daemon = await start();
    const waiting = await createGlue(daemon.api).runUntilAsked("s", writeFile("a.txt"));
    expect((await daemon.stop()).code).toBe(0);
    const frames = await waiting.stream.ended;
    expect(runErrorOf(frames)?.code).toBe("canceled");
    expect(payloadsOf(frames, "permission_settled")[0]).toMatchObject({ outcome: "denied" });
    expect(existsSync(join(place.work, "a.txt"))).toBe(false);

    const next = await start();
    const [told] = await createNative(next.owner).ledger();
    expect(told).toMatchObject({
      permissionId: waiting.permissionId,
      outcome: "denied",
      decidedBy: { kind: "system", name: "shutdown" },
    });
    const replay = await createGlue(next.api).stream(waiting.runId);
    await replay.ended;
    expect(replay.text).toBe(waiting.stream.text);
    expect((await createGlue(next.api).runOf(waiting.runId)).status).toBe("canceled");
  });

  test("80 clients that hang on do not keep it up", async ({ start }) => {
    const daemon = await start();
    const glue = createGlue(daemon.api);
    const held = daemon.api
      .raw(`GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\n`)
      .catch(() => "");
    const { run_id: runId } = await glue.start("s", { text: writeFile("a.txt"), detached: true });
    const streams = await Promise.all([glue.stream(runId), glue.stream(runId), glue.stream(runId)]);
    const at = Date.now();
    expect((await daemon.stop()).code).toBe(0);
    expect(Date.now() - at).toBeLessThan(6_000);
    for (const stream of streams) expect(runErrorOf(await stream.ended)?.code).toBe("canceled");
    await held;
  });

  test("80 SIGINT is the same, and a second signal changes nothing", async ({ start }) => {
    test.skip(isWindows);
    const daemon = await start();
    await createGlue(daemon.api).runUntilAsked("s", writeFile("a.txt"));
    daemon.kill("SIGINT");
    daemon.kill("SIGINT");
    daemon.kill("SIGTERM");
    expect(await daemon.exited).toMatchObject({ code: 0, signal: null });
  });

  test("a connection file that another daemon has taken over stays", async ({ start, place }) => {
    const first = await start();
    const second = await start({}, { ...(await placeBeside(place, "two")), metadata: place.metadata });
    expect(read(place.metadata).pid).toBe(second.pid);
    // Both have the same token here: it is the process that tells them apart.
    await first.stop();
    expect(read(place.metadata).pid).toBe(second.pid);
  });
});

test.describe("starting beside another", () => {
  test("a second daemon on the same home is refused in plain words, and the first is not disturbed", async ({
    start,
    place,
  }) => {
    const first = await start();
    const before = readFileSync(join(place.home, "daemon.json"), "utf8");
    const refused = await runDaemon(place, { metadata: join(dirname(place.home), "other.json") });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toBe("");
    expect(refused.stderr).toBe(
      `gatehouse: The database ${join(place.home, "gatehouse.db")} can't be used: another Gatehouse is using it\n`,
    );
    expect(readFileSync(join(place.home, "daemon.json"), "utf8")).toBe(before);
    expect(existsSync(join(dirname(place.home), "other.json"))).toBe(false);
    expect((await createGlue(first.api).run("s", "hello")).at(-1)?.event).toBe("run_done");
  });

  test("Glue's default place is not taken from a daemon that lives", async ({ start, place }) => {
    const first = await start({ metadata: null });
    const config = join(dirname(place.home), "config");
    const environment = { XDG_CONFIG_HOME: config, APPDATA: config };
    const second = await start({ metadata: null, environment }, await placeBeside(place, "two"));
    const glueFile = join(config, "glue", "daemon.json");
    expect(read(glueFile).pid).toBe(first.pid);
    expect(second.startLines[2]).toBe(`metadata: ${join(second.place.home, "daemon.json")}`);
    await second.stop();
    expect(read(glueFile).pid).toBe(first.pid);
  });

  test("Glue's default place is taken from one that is gone", async ({ start, place }) => {
    const first = await start({ metadata: null });
    first.kill("SIGKILL");
    await first.exited;
    const glueFile = join(dirname(place.home), "config", "glue", "daemon.json");
    expect(read(glueFile).pid).toBe(first.pid);
    const second = await start({ metadata: null });
    expect(read(glueFile).pid).toBe(second.pid);
  });

  test("a damaged connection file is replaced", async ({ start, place }) => {
    const glueFile = join(dirname(place.home), "config", "glue", "daemon.json");
    await mkdir(dirname(glueFile), { recursive: true });
    await writeFileTo(glueFile, "{ not json");
    const daemon = await start({ metadata: null });
    expect(read(glueFile).pid).toBe(daemon.pid);
  });
});

test.describe("starts that are refused", () => {
  const broken: [string, string, RegExp][] = [
    ["no JSON", '{"workspace": ', /line 1/],
    ["an unknown key", '{\n  "permisions": {}\n}', /line 2: .*did you mean "permissions"\?/],
    ["a wrong type", '{"permissions": {"timeout": 5}}', /permissions\.timeout/],
    ["an unknown tier", '{"permissions": {"default_tier": "yes"}}', /default_tier/],
    ["a time limit without a unit", '{"permissions": {"timeout": "10"}}', /timeout/],
  ];
  for (const [name, text, message] of broken) {
    test(`settings with ${name}`, async ({ place }) => {
      await writeFileTo(join(place.home, "settings.json"), text);
      const refused = await runDaemon(place);
      expect(refused.code).toBe(1);
      expect(refused.stdout).toBe("");
      expect(refused.stderr).toMatch(message);
      expect(existsSync(place.metadata)).toBe(false);
      expect(existsSync(join(place.home, "daemon.json"))).toBe(false);
    });
  }

  test("flags that are wrong", async ({ place }) => {
    for (const args of [
      ["--listen", "nonsense"],
      ["--listen", "127.0.0.1:99999"],
      ["--unknown"],
      ["--permission-timeout", "soon"],
      ["extra"],
    ]) {
      const refused = await runDaemon(place, { args });
      expect([refused.code, refused.stdout], args.join(" ")).toEqual([1, ""]);
      expect(refused.stderr).toMatch(/^gatehouse: /);
      expect(existsSync(place.metadata)).toBe(false);
    }
  });

  test("a port that is taken", async ({ start, place }) => {
    const first = await start();
    const other = await placeBeside(place, "two");
    const refused = await runDaemon(other, { args: ["--listen", `127.0.0.1:${first.port}`] });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("EADDRINUSE");
    expect(existsSync(other.metadata)).toBe(false);
  });

  test("a home in which nothing can be kept", async ({ place }) => {
    await rename(place.home, `${place.home}-moved`);
    await writeFileTo(place.home, "a file");
    const refused = await runDaemon(place);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^gatehouse: /);
  });
});

test("a home that is reached through a link is the same home", async ({ start, place }) => {
  test.skip(isWindows);
  await start();
  const link = `${place.home}-link`;
  await symlink(place.home, link);
  const refused = await runDaemon({ ...place, home: link });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("another Gatehouse is using it");
});
