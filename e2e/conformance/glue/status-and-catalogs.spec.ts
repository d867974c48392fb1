import { eventually } from "../../fixtures/eventually.ts";
import type { ErrorBody } from "../../fixtures/glue-wire.ts";
import { expect, test } from "../../fixtures/test.ts";

const FIXED = ["runs", "events", "permissions", "permission_grants", "tools", "status", "diagnostics"];
const FEATURES = ["recall", "memories", "memory_forget"];
const OURS = [
  "sessions",
  "run_list",
  "event_resume",
  "event_heartbeats",
  "detached_runs",
  "questions",
  "usage",
];
const KEY = "sk-proj-abcdefghijklmnop0123456789";

test.describe("Glue contract 9: status, tools, diagnostics", () => {
  test("11 status has the seven fixed capabilities first, in order, and no runs", async ({ glue }) => {
    const status = await glue.status();
    expect(status).toMatchObject({ ok: true, version: 1, active_runs: 0 });
    expect(status.capabilities.slice(0, 7)).toEqual(FIXED);
    expect(Object.keys(status)).toEqual(["ok", "version", "active_runs", "tools_count", "capabilities"]);
  });

  test("12 no capability of a feature that this host lacks; additions come last", async ({ glue }) => {
    const { capabilities } = await glue.status();
    expect(capabilities.slice(7)).toEqual([...FEATURES, ...OURS]);
  });

  test("13 a blocked run counts as active until it ends", async ({ modelGlue: glue, model }) => {
    model.script({ text: "a b c d e f g h", delayMs: 200 });
    const { run_id: runId } = await glue.start("s", { text: "go", detached: true });
    expect((await glue.status()).active_runs).toBe(1);
    await glue.cancel(runId);
    await eventually(glue.status, ({ active_runs }) => active_runs === 0);
  });

  test("14 tools say whether they need permission, and for what", async ({ daemon, glue }) => {
    const { tools } = (await daemon.api.get("/v1/tools")).json as { tools: Record<string, unknown>[] };
    expect(tools.map(({ name }) => name)).toEqual([
      "remember",
      "recall",
      "read_file",
      "write_file",
      "edit_file",
      "list_dir",
      "find_files",
      "grep",
      "shell_exec",
      "git_diff_branch",
      "git_log_branch",
      "ask_person",
    ]);
    expect((await glue.status()).tools_count).toBe(tools.length);
    const byName = new Map(tools.map((tool) => [tool["name"], tool]));
    expect(byName.get("shell_exec")).toMatchObject({
      requires_permission: true,
      permission_action: "exec",
      permission_target_preview: "shell_exec",
    });
    expect(byName.get("write_file")).toMatchObject({
      requires_permission: true,
      permission_action: "write_file",
      permission_target_preview: "write_file",
    });
    const plain = byName.get("read_file") ?? {};
    expect(plain["requires_permission"]).toBe(false);
    expect(Object.keys(plain)).toEqual(["name", "description", "parameters", "requires_permission"]);
    for (const tool of tools) expect(tool["parameters"]).toMatchObject({ type: "object" });
  });

  test("15 catalogs that this host lacks are empty lists, never null", async ({ daemon }) => {
    for (const [path, key] of [
      ["/v1/skills", "skills"],
      ["/v1/roles", "roles"],
      ["/v1/mcp/resources", "resources"],
      ["/v1/mcp/prompts", "prompts"],
      ["/v1/permissions", "permissions"],
    ] as const) {
      const answer = await daemon.api.get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.json).toEqual({ [key]: [] });
    }
  });

  test.describe("without tools", () => {
    test.use({ daemonOptions: { settings: { coding: { enabled: false }, memories: { enabled: false } } } });
    test("15 tools that are switched off are not in the list", async ({ daemon, glue }) => {
      const { tools } = (await daemon.api.get("/v1/tools")).json as { tools: { name: string }[] };
      expect(tools.map(({ name }) => name)).toEqual(["recall", "ask_person"]);
      expect((await glue.diagnostics()).runtime["coding_enabled"]).toBe(false);
    });
  });

  test("16 diagnostics of a daemon that is well", async ({ daemon }) => {
    const { text, json } = await daemon.api.get("/v1/diagnostics");
    expect(json).not.toHaveProperty("recent_errors");
    const { runtime, ...status } = json as { runtime: Record<string, unknown> };
    expect(Object.keys(status)).toEqual(["ok", "version", "active_runs", "tools_count", "capabilities"]);
    expect(Date.parse(String(runtime["started_at"]))).toBeLessThanOrEqual(Date.now());
    expect(runtime).toMatchObject({
      name: "gatehouse",
      coding_enabled: true,
      coding_work_dir: daemon.place.work,
      listen_addr: `127.0.0.1:${daemon.port}`,
      metadata_path: daemon.place.metadata,
      token_source: "flag",
      provider: "playbook",
    });
    expect(text).not.toContain('"token"');
  });

  test.describe("with a token that can be told from other words", () => {
    test.use({ daemonOptions: { token: "tok-3c1b7f0a99" } });
    test("16 the token appears nowhere", async ({ daemon, glue }) => {
      await glue.run("s", { text: "Bearer tok-3c1b7f0a99", skill: "" });
      for (const path of [
        "/v1/status",
        "/v1/diagnostics",
        "/v1/tools",
        "/v1/permissions",
        "/v1/runs/tok-3c1b7f0a99",
      ]) {
        expect((await daemon.api.get(path)).text, path).not.toContain("tok-3c1b7f0a99");
      }
      expect(daemon.startLines.join("\n")).not.toContain("tok-3c1b7f0a99");
    });
  });

  test("17 the ten newest failures, newest first", async ({ modelGlue: glue, model }) => {
    for (let at = 1; at <= 11; at += 1) {
      model.script({ status: 401, message: `unauthorized ${at}` });
      await glue.run(`s${at}`, { text: "go", ...(at % 2 === 0 ? { client_id: "cli:9" } : {}) });
    }
    const errors = (await glue.diagnostics()).recent_errors ?? [];
    expect(errors).toHaveLength(10);
    expect(errors.map(({ session_id }) => session_id)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((at) => `s${at}`),
    );
    for (const error of errors) {
      expect(error.run_id).toMatch(/^run_[0-9a-f]{32}$/);
      expect(error.error).toContain("unauthorized");
      expect(Date.parse(error.time)).toBeGreaterThan(0);
    }
    expect(errors[0]).not.toHaveProperty("client_id");
    expect(errors[1]?.client_id).toBe("cli:9");
  });

  test("17 what a person cancelled is no error, and keys in errors are hidden", async ({
    modelGlue: glue,
    model,
  }) => {
    model.script({ status: 401, message: `wrong key ${KEY}` });
    await glue.run("s", "go");
    const errors = (await glue.diagnostics()).recent_errors ?? [];
    expect(errors).toHaveLength(1);
    expect(errors[0]?.error).not.toContain(KEY);

    model.script({ text: "a b c d e f", delayMs: 200 });
    const { run_id: runId } = await glue.start("s", { text: "go", detached: true });
    await glue.cancel(runId);
    await glue.events(runId);
    expect((await glue.diagnostics()).recent_errors).toHaveLength(1);
  });
});

test.describe("Glue contract 9: MCP, which this host lacks", () => {
  test("24 MCP resources can't be read nor prompts rendered", async ({ daemon }) => {
    const read = await daemon.api.post("/v1/mcp/resources/read", { server: "x" });
    expect(read.status).toBe(404);
    expect((read.json as ErrorBody).error.message).toBe("MCP resource reads are not supported by this host");
    const get = await daemon.api.post("/v1/mcp/prompts/get", { name: "x" });
    expect(get.status).toBe(404);
    expect((get.json as ErrorBody).error.message).toBe("MCP prompt rendering is not supported by this host");
  });
});
