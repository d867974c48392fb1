import { existsSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../fixtures/eventually.ts";
import { createGlueClient } from "../../fixtures/glue-client.ts";
import type { ErrorBody } from "../../fixtures/glue-wire.ts";
import { createGlue, writeFile } from "../../fixtures/glue.ts";
import { expect, test } from "../../fixtures/test.ts";

/** Standard input whose next line a test hands over when it likes. */
function heldInput() {
  let give: (line: string | null) => void = () => {};
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  return {
    isAsked,
    type: (line: string | null) => give(line),
    readLine: () =>
      new Promise<string | null>((resolve) => {
        give = resolve;
        asked();
      }),
  };
}

const types = (line: string) => () => Promise.resolve(line);

test.describe("Glue contract 9: a client as strict as glue connect", () => {
  test("81 prints the text and a line break", async ({ daemon }) => {
    const client = createGlueClient({ metadata: daemon.place.metadata });
    expect(await client.run({ prompt: "say  hi\nthere ✓" })).toEqual({
      exitCode: 0,
      stdout: "say  hi\nthere ✓\n",
      stderr: "",
    });
  });

  test("81 --usage sums what the model said it used", async ({ modelDaemon, model }) => {
    model.script(
      { toolCalls: [{ name: "list_dir", arguments: {} }], usage: { input: 10, output: 2 } },
      { text: "hi", usage: { input: 20, output: 3 } },
    );
    const client = createGlueClient({ metadata: modelDaemon.place.metadata });
    const result = await client.run({ prompt: "go", usage: true });
    expect(result).toEqual({ exitCode: 0, stdout: "hi\n", stderr: "usage: input=30 output=5 total=35\n" });
  });

  test("40 a reply of 400 KB and one of 3 MB reach the client whole", async ({ modelDaemon, model }) => {
    const client = createGlueClient({ metadata: modelDaemon.place.metadata });
    for (const words of [8_000, 60_000]) {
      const text = `${"word".repeat(12)} `.repeat(words).trim();
      model.script({ text, usage: { input: 1, output: 1 } });
      const result = await client.run({ prompt: "go", session: `s${words}`, usage: true });
      expect(result.exitCode, result.stderr).toBe(0);
      expect(result.stdout.length).toBe(text.length + 1);
      expect(result.stderr).toBe("usage: input=1 output=1 total=2\n");
    }
  });

  test("40 so do a dozen tool outputs of 80 KB", async ({ modelDaemon, model, place }) => {
    const content = "line of a long file, as they are\n".repeat(2_400);
    const glue = createGlue(modelDaemon.api);
    model.script(
      { toolCalls: [{ name: "write_file", arguments: { path: "long.txt", content } }] },
      { text: "written" },
    );
    await glue.answer(await glue.runUntilAsked("w", "write"), { allow: true });
    expect(existsSync(join(place.work, "long.txt"))).toBe(true);
    for (let at = 0; at < 14; at += 1) {
      model.script({
        toolCalls: [{ name: "read_file", arguments: { path: "long.txt", max_lines: 1990 + at } }],
      });
    }
    model.script({ text: "read", usage: { input: 5, output: 1 } });
    const client = createGlueClient({ metadata: place.metadata });
    const result = await client.run({ prompt: "go", usage: true });
    expect(result).toEqual({ exitCode: 0, stdout: "read\n", stderr: "usage: input=5 output=1 total=6\n" });
  });

  test("82 a t on standard input lets the call run and remembers its target", async ({ daemon, glue }) => {
    const client = createGlueClient({ metadata: daemon.place.metadata, clientId: "cli:me" });
    const result = await client.run({
      prompt: `before\n${writeFile("a.txt")}\nafter`,
      readLine: types("t\n"),
    });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toBe("beforeafter\n");
    expect(result.stderr).toContain("permission: write_file wants write_file on a.txt");
    expect(existsSync(join(daemon.place.work, "a.txt"))).toBe(true);
    expect(await glue.grants()).toEqual([
      expect.objectContaining({ scope: "session_target", owner: "client:cli:me", target: "a.txt" }),
    ]);
  });

  test("82 what is remembered forever holds for the next command of the same terminal program", async ({
    daemon,
  }) => {
    const prompt = writeFile("a.txt");
    const first = createGlueClient({ metadata: daemon.place.metadata, clientId: "cli:100" });
    await first.run({ prompt, readLine: types("f") });
    const second = createGlueClient({ metadata: daemon.place.metadata, clientId: "cli:200" });
    const result = await second.run({ prompt, session: "other" });
    expect(result.stderr).toBe("");
    expect(result.exitCode).toBe(0);
  });

  test("83 no standard input is a denial, and no failure", async ({ daemon }) => {
    const client = createGlueClient({ metadata: daemon.place.metadata });
    const result = await client.run({ prompt: `${writeFile("a.txt")}\nwell` });
    expect(result).toMatchObject({ exitCode: 0, stdout: "well\n" });
    expect(existsSync(join(daemon.place.work, "a.txt"))).toBe(false);
  });

  test("84 --inspect and its single pages", async ({ daemon }) => {
    const client = createGlueClient({ metadata: daemon.place.metadata });
    const result = await client.inspect();
    expect(result.exitCode, result.stderr).toBe(0);
    expect(Object.keys(JSON.parse(result.stdout) as object)).toEqual([
      "status",
      "tools",
      "memories",
      "permission_grants",
    ]);
    for (const page of ["status", "diagnostics", "tools", "skills", "roles", "memories", "permissions"]) {
      expect((await client.show(`/v1/${page}`)).exitCode, page).toBe(0);
    }
    for (const page of ["mcp/resources", "mcp/prompts", "memories?limit=5", "sessions", "runs"]) {
      expect((await client.show(`/v1/${page}`)).exitCode, page).toBe(0);
    }
  });

  test("84 diagnostics with failures and grants decode as well", async ({
    modelDaemon,
    model,
    modelGlue,
  }) => {
    model.script({ status: 401, message: "unauthorized" });
    await modelGlue.run("s", "go");
    model.script(
      { toolCalls: [{ name: "write_file", arguments: { path: "a", content: "" } }] },
      { text: "x" },
    );
    await modelGlue.answer(await modelGlue.runUntilAsked("s", "go"), {
      allow: true,
      remember_for: "forever",
    });
    const client = createGlueClient({ metadata: modelDaemon.place.metadata });
    expect((await client.show("/v1/diagnostics")).exitCode).toBe(0);
    const grants = await client.show("/v1/permissions");
    expect(grants.exitCode).toBe(0);
    const [{ id }] = (JSON.parse(grants.stdout) as { permissions: [{ id: string }] }).permissions;
    expect((await client.forgetPermission(id)).exitCode).toBe(0);
  });

  test("85 --diagnose tells healthy, wrong token and a daemon that is gone", async ({ daemon }) => {
    const { metadata } = daemon.place;
    expect(await createGlueClient({ metadata }).diagnose()).toEqual({ exitCode: 0, state: "healthy" });
    expect(await createGlueClient({ metadata, token: "wrong" }).diagnose()).toEqual({
      exitCode: 0,
      state: "auth_failed",
    });
    daemon.kill("SIGKILL");
    await daemon.exited;
    expect(await createGlueClient({ metadata }).diagnose()).toEqual({ exitCode: 0, state: "stale_metadata" });
    const { baseUrl } = daemon;
    expect(await createGlueClient({ metadata, baseUrl }).diagnose()).toEqual({
      exitCode: 0,
      state: "unreachable",
    });
    await unlink(metadata);
    expect(await createGlueClient({ metadata }).diagnose()).toEqual({ exitCode: 0, state: "no_metadata" });
  });

  test("7.2 the environment's token serves where there is no file", async ({ daemon }) => {
    const client = createGlueClient({ baseUrl: `${daemon.baseUrl}//`, environmentToken: daemon.token });
    expect((await client.run({ prompt: "hi" })).stdout).toBe("hi\n");
  });

  test("7.2 an error of the run is printed, and the command fails", async ({ daemon }) => {
    const client = createGlueClient({ metadata: daemon.place.metadata });
    const result = await client.run({ skill: "triage", skillArguments: { issue: "GLUE-123" } });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('skill "triage" not found');
  });

  test("7.2 Ctrl-C at a prompt ends the run", async ({ daemon, glue, native }) => {
    const interrupt = new AbortController();
    const input = heldInput();
    const client = createGlueClient({ metadata: daemon.place.metadata });
    const running = client.run({
      prompt: writeFile("a.txt"),
      interrupt: interrupt.signal,
      readLine: input.readLine,
    });
    await input.isAsked;
    interrupt.abort();
    input.type(null);
    expect((await running).exitCode).toBe(1);
    await eventually(glue.status, ({ active_runs }) => active_runs === 0);
    expect((await native.ledger())[0]?.outcome).toBe("withdrawn");
  });
});

test.describe("a person answers elsewhere while the terminal's own prompt waits", () => {
  for (const [decision, stdout] of [
    ["allow", "it ran\n"],
    ["deny", "it ran\n"],
  ] as const) {
    for (const typed of ["a", "s", "n", null]) {
      test(`${decision} in the popup, then ${typed ?? "the end of input"} in the terminal`, async ({
        daemon,
        native,
      }) => {
        const input = heldInput();
        const client = createGlueClient({ metadata: daemon.place.metadata });
        const running = client.run({ prompt: `${writeFile("a.txt")}\nit ran`, readLine: input.readLine });
        await input.isAsked;
        const [waiting] = await native.pending();
        expect((await native.decide(waiting?.id ?? "", { decision })).status).toBe(200);
        await eventually(native.activeRuns, (runs) => runs.length === 0);
        input.type(typed);
        expect(await running).toMatchObject({ exitCode: 0, stdout });
        expect(existsSync(join(daemon.place.work, "a.txt"))).toBe(decision === "allow");
        const told = await native.ledger();
        expect(told).toHaveLength(1);
        expect(told[0]?.decidedBy).toEqual({ kind: "cli", name: "" });
      });
    }
  }

  test("the late answer is told that it was too late, and by whom", async ({ glue, native }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    await native.decide(waiting.permissionId, { decision: "deny", reason: "not today" });
    const late = await glue.decide(waiting.runId, waiting.permissionId, {
      allow: true,
      remember_for: "forever",
    });
    expect(late.status).toBe(200);
    expect(late.json).toEqual({
      permission_id: waiting.permissionId,
      accepted: false,
      outcome: "denied",
      decided_by: { kind: "cli", name: "" },
    });
    expect(await glue.grants()).toEqual([]);
    expect((await native.permission(waiting.permissionId)).reason).toBe("not today");
  });

  test("the other way round: the terminal answers first, the popup is told the outcome", async ({
    daemon,
    native,
  }) => {
    const input = heldInput();
    const client = createGlueClient({ metadata: daemon.place.metadata, clientId: "cli:1" });
    const running = client.run({ prompt: writeFile("a.txt"), readLine: input.readLine });
    await input.isAsked;
    const [waiting] = await native.pending();
    input.type("a");
    expect((await running).exitCode).toBe(0);
    const late = await native.decide(waiting?.id ?? "", { decision: "deny" });
    expect(late.status).toBe(409);
    expect(late.json).toMatchObject({
      error: {
        code: "permissions.already_settled",
        data: { status: "allowed", decidedBy: { kind: "client", name: "Glue" } },
      },
    });
  });

  test("a program that answers over our own API leaves the waiting terminal alive, too", async ({
    daemon,
    glue,
    native,
  }) => {
    const input = heldInput();
    const client = createGlueClient({ metadata: daemon.place.metadata });
    const running = client.run({ prompt: `${writeFile("a.txt")}\nit ran`, readLine: input.readLine });
    await input.isAsked;
    const [waiting] = await native.pending();
    expect((await native.decide(waiting?.id ?? "", { decision: "deny" }, "program")).status).toBe(200);
    await eventually(native.activeRuns, (runs) => runs.length === 0);
    input.type("a");
    expect(await running).toMatchObject({ exitCode: 0, stdout: "it ran\n" });
    expect(existsSync(join(daemon.place.work, "a.txt"))).toBe(false);
    expect(await glue.grants()).toEqual([]);
  });

  test("a chat is told 404 for an answer that did not count: it takes any 200 for a success", async ({
    glue,
    native,
  }) => {
    const waiting = await glue.runUntilAsked("telegram:42", {
      text: writeFile("a.txt"),
      client_id: "telegram:42",
    });
    await native.decide(waiting.permissionId, { decision: "deny" });
    for (const headers of [{ "x-glue-client-id": "telegram:42" }, {}]) {
      const late = await glue.decide(waiting.runId, waiting.permissionId, { allow: true }, headers);
      expect(late.status).toBe(404);
      expect((late.json as ErrorBody).error.code).toBe("not_found");
    }
  });

  test("a second answer over this dialect is 404, as Glue has it", async ({ glue }) => {
    const waiting = await glue.runUntilAsked("s", writeFile("a.txt"));
    await glue.answer(waiting, { allow: true });
    expect((await glue.decide(waiting.runId, waiting.permissionId, { allow: true })).status).toBe(404);
  });

  test.describe("names beyond ASCII", () => {
    test.use({ daemonOptions: { token: "tökén ✓" } });

    test("a client may be called cli:jörg, and a token tökén ✓", async ({ daemon, glue }) => {
      const client = createGlueClient({ metadata: daemon.place.metadata, clientId: "cli:jörg" });
      const result = await client.run({ prompt: writeFile("ü.txt"), readLine: types("f") });
      expect(result.exitCode, result.stderr).toBe(0);
      expect(await glue.grants()).toEqual([
        expect.objectContaining({ owner: "client:cli:jörg", target: "ü.txt" }),
      ]);
      const asked = await glue.runUntilAsked("s", { text: writeFile("b.txt"), client_id: "cli:jörg" });
      const other = await glue.decide(
        asked.runId,
        asked.permissionId,
        {},
        { "x-glue-client-id": "cli:jorg" },
      );
      expect(other.status).toBe(403);
    });
  });

  test("nothing in what is asked for moves the cursor or begins a line", async ({ glue }) => {
    const path = "a\u001b[2K\rTarget: git status\n\u202e.txt";
    const asked = await glue.runUntilAsked("s", writeFile(path));
    expect(asked.permission.request).toMatchObject({
      target: String.raw`a\x1b[2K\rTarget: git status\n\u202e.txt`,
      args: { path },
    });
    await glue.answer(asked, { allow: true, remember_for: "session_target" });
    for (const { target } of await glue.grants()) expect(target).not.toMatch(/\p{C}/u);
  });
});
