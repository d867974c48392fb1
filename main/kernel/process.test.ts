import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProcess } from "./process.ts";
import type { ProcessRequest } from "./process.ts";
import { builtSupervisor } from "./supervisor/built.ts";
import { CALL_VARIABLE } from "./supervisor/call-marker.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gatehouse-process-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const run = (file: string, args: string[], more: Partial<ProcessRequest> = {}) =>
  runProcess({
    supervisor,
    file,
    args,
    cwd: directory,
    env: { PATH: process.env["PATH"] ?? "" },
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    maxBytesPerStream: 1_000,
    spoolDir: join(directory, "spool"),
    graceMs: 150,
    ...more,
  });
const sh = (script: string, more: Partial<ProcessRequest> = {}) => run("sh", ["-c", script], more);

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !existsSync("/proc") || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
};
const pidIn = (name: string) => Number(readFileSync(join(directory, name), "utf8"));

/** The way it runs: with what was built, and as on a machine where nothing could be built. */
let supervisor: string | null;

describe.each([
  { way: "supervised", program: builtSupervisor() },
  { way: "in a group", program: null },
])("runProcess, $way", ({ program }) => {
  beforeEach(() => {
    supervisor = program;
  });

  it("hands back both streams and the exit code, with nothing but the given environment", async () => {
    const result = await sh("echo out; echo err >&2; env | sort; exit 3", {
      env: { PATH: "/usr/bin:/bin", LANG: "C" },
    });
    expect(result).toMatchObject({
      exitCode: 3,
      timedOut: false,
      aborted: false,
      truncated: false,
      stderr: "err\n",
    });
    const names = result.stdout
      .split("\n")
      .slice(1, -1)
      .map((line) => line.split("=")[0]);
    expect(names.filter((name) => !["PWD", "OLDPWD", "SHLVL", "_"].includes(name ?? ""))).toEqual([
      ...(process.platform === "linux" ? [CALL_VARIABLE] : []),
      "LANG",
      "PATH",
    ]);
  });

  it("passes arguments as they are: nothing is expanded", async () => {
    const { stdout } = await run("printf", ["%s|", "$HOME", "*", "a b", "; echo no", "\u202e"]);
    expect(stdout).toBe("$HOME|*|a b|; echo no|\u202e|");
  });

  it("feeds the input, also to a program that does not read it", async () => {
    expect((await run("cat", [], { input: "given\n" })).stdout).toBe("given\n");
    expect((await run("true", [], { input: "x".repeat(1_000_000) })).exitCode).toBe(0);
  });

  it("rejects a program that cannot be started", async () => {
    await expect(run("no-such-program-here", [])).rejects.toThrow(/ENOENT/);
    await expect(run("true", [], { cwd: join(directory, "gone") })).rejects.toThrow(/ENOENT/);
  });

  it("keeps both ends of long output, whole characters only, and spools all of it", async () => {
    const result = await run(process.execPath, [
      "-e",
      "process.stdout.write('first' + 'é'.repeat(50_000) + 'last')",
    ]);
    expect(result.truncated).toBe(true);
    expect(result.stdout).toMatch(/^firsté+\n\[\.\.\. \d+ bytes left out \.\.\.\]\né+last$/);
    expect(Buffer.byteLength(result.stdout)).toBeLessThan(1_100);
    const spooled = readFileSync(result.spoolPaths.stdout ?? "", "utf8");
    expect(spooled).toBe(`first${"é".repeat(50_000)}last`);
    expect(result.spoolPaths.stderr).toBeNull();
  });

  it("cuts the spool at its own limit and keeps few files", async () => {
    const long = () => sh("head -c 50000 /dev/zero", { maxSpoolBytes: 2_000 });
    const { spoolPaths } = await long();
    expect(readFileSync(spoolPaths.stdout ?? "")).toHaveLength(2_000);
    for (let i = 0; i < 45; i += 1) await long();
    expect((await readdir(join(directory, "spool"))).length).toBeLessThanOrEqual(41);
  });

  it("can keep the start only", async () => {
    const { stdout } = await sh("seq 1 10000", { keep: "start", spoolDir: null });
    expect(stdout).toMatch(/^1\n2\n[\s\S]*\[\.\.\. \d+ bytes left out \.\.\.\]\n$/);
  });

  it("ends everything at the timeout, also a grandchild that ignores SIGTERM", async () => {
    const started = Date.now();
    const result = await sh(
      "trap '' TERM; (trap '' TERM; echo $$ > /dev/null; sleep 60) & echo $! > pid; sleep 60",
      {
        timeoutMs: 200,
      },
    );
    expect(result).toMatchObject({ timedOut: true, aborted: false });
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(isRunning(pidIn("pid"))).toBe(false);
  });

  it("ends everything when the signal aborts", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    const result = await sh("sleep 60 & echo $! > pid; echo begun; wait", { signal: controller.signal });
    expect(result).toMatchObject({ aborted: true, timedOut: false, stdout: "begun\n" });
    expect(isRunning(pidIn("pid"))).toBe(false);
  });

  it("starts nothing when the signal has aborted before", async () => {
    await run("touch", ["made"], { signal: AbortSignal.abort() });
    expect(existsSync(join(directory, "made"))).toBe(false);
  });

  it("does not wait for, or leave behind, what a finished program left in the background", async () => {
    const started = Date.now();
    const result = await sh("sleep 60 & echo $! > pid; echo done");
    expect(result).toMatchObject({ exitCode: 0, stdout: "done\n" });
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(isRunning(pidIn("pid"))).toBe(false);
  });

  it.runIf(process.platform === "linux")("finds those that started a session of their own", async () => {
    const detach = (stdio: string) =>
      `const c = require("child_process").spawn("sleep", ["60"], { detached: true, stdio: ${stdio} });
       require("fs").writeFileSync("pid", String(c.pid)); c.unref();`;
    await run(process.execPath, ["-e", detach('"inherit"')]);
    expect(isRunning(pidIn("pid"))).toBe(false);
    await run(process.execPath, ["-e", `${detach('"ignore"')} setTimeout(() => {}, 60000)`], {
      timeoutMs: 400,
    });
    expect(isRunning(pidIn("pid"))).toBe(false);
  });
});
