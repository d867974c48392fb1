import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, existsSync, mkdirSync, openSync, closeSync, readFileSync } from "node:fs";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { allProcesses, processFacts } from "../process-list.ts";
import { runProcess } from "../process.ts";
import type { ProcessRequest } from "../process.ts";
import { findProgram } from "../program-file.ts";
import { ChangedBeforeStart } from "../started-process.ts";
import { builtSupervisor } from "./built.ts";
import { endLeftovers } from "./call-marker.ts";

const PATH = "/usr/local/bin:/usr/bin:/bin";
const onLinux = describe.runIf(process.platform === "linux");

/** Forks twice, starts a session of its own, closes what it was given and forgets the mark; its number is in `pid`. */
const DAEMONISE = `env -i PATH=${PATH} setsid sh -c 'sleep 60 </dev/null >/dev/null 2>&1 & echo $! > pid.new; mv pid.new pid' &`;

const run = (folder: string, script: string, more: Partial<ProcessRequest> = {}) =>
  runProcess({
    file: "sh",
    args: ["-c", script],
    cwd: folder,
    env: { PATH },
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    maxBytesPerStream: 10_000,
    spoolDir: null,
    graceMs: 300,
    ...more,
  });

const isRunning = (pid: number) => processFacts(pid)?.hasEnded === false;
const pidIn = (folder: string, name = "pid") => Number(readFileSync(join(folder, name), "utf8"));

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isSo(); waited += 10) {
    if (waited > 10_000) throw new Error(`not so in time: ${what}`);
    await pause(10);
  }
}
const untilThere = (folder: string, name: string) =>
  until(() => existsSync(join(folder, name)), `${name} is there`);

/** A call that has a daemon of its own in the background and goes on. */
async function startDaemonising(folder: string, more: Partial<ProcessRequest> = {}) {
  const result = run(folder, `echo $PPID > tender; ${DAEMONISE} sleep 60`, more);
  await untilThere(folder, "pid");
  const tender = pidIn(folder, "tender");
  return { result, tender, keeper: processFacts(tender)?.parent ?? 0, stray: pidIn(folder) };
}

onLinux("the supervisor", () => {
  it("was built", () => expect(builtSupervisor()).not.toBeNull());

  it("leaves nothing of a call that has ended, however it hid", async () => {
    const folder = temporaryFolder();
    const { exitCode, stdout } = await run(folder, `${DAEMONISE} while [ ! -f pid ]; do :; done; echo done`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "done\n" });
    expect(isRunning(pidIn(folder))).toBe(false);
  });

  it("lets what is about to end by itself end", async () => {
    const folder = temporaryFolder();
    await run(folder, `(sleep 0.02; echo late > late) &`);
    expect(readFileSync(join(folder, "late"), "utf8")).toBe("late\n");
  });

  it("ends it at the timeout and when it is canceled", async () => {
    const folder = temporaryFolder();
    const { result, stray } = await startDaemonising(folder, { timeoutMs: 500 });
    expect(await result).toMatchObject({ timedOut: true, signal: "SIGTERM" });
    expect(isRunning(stray)).toBe(false);

    const other = temporaryFolder();
    const controller = new AbortController();
    const second = await startDaemonising(other, { signal: controller.signal });
    controller.abort();
    expect(await second.result).toMatchObject({ aborted: true });
    expect(isRunning(second.stray)).toBe(false);
  });

  it("outruns what forks and ends over and over", async () => {
    const folder = temporaryFolder();
    // Each generation starts the next one in a session of its own and ends.
    writeFileSync(join(folder, "comet.sh"), `echo >> generations; setsid sh "$0" & exit`);
    const result = await run(folder, "sh comet.sh & sleep 60", { timeoutMs: 300, graceMs: 50 });
    expect(result.timedOut).toBe(true);
    const isComet = (pid: number) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("comet.sh");
      } catch {
        return false;
      }
    };
    expect(allProcesses().filter(({ pid }) => isComet(pid))).toEqual([]);
    expect(readFileSync(join(folder, "generations")).length).toBeGreaterThan(10);
  });

  it("wakes what is stopped, so that it can end", async () => {
    const folder = temporaryFolder();
    const script = `trap 'echo ended > ended; exit' TERM; kill -STOP $$; while :; do sleep 0.01; done`;
    await run(folder, script, { timeoutMs: 200, graceMs: 2_000 });
    expect(existsSync(join(folder, "ended"))).toBe(true);
  });

  it("reports codes and signals as they were", async () => {
    const folder = temporaryFolder();
    expect(await run(folder, "exit 3")).toMatchObject({ exitCode: 3, signal: null });
    expect(await run(folder, "kill -SEGV $$")).toMatchObject({ exitCode: null, signal: "SIGSEGV" });
    await expect(run(folder, "", { file: folder })).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("gives the program its three streams and nothing else, and does not look like it", async () => {
    const folder = temporaryFolder();
    const extra = openSync("/dev/null", "r");
    const { stdout } = await run(folder, "ls /proc/$$/fd; tr '\\0' ' ' < /proc/$PPID/cmdline");
    closeSync(extra);
    expect(stdout.split("\n").slice(0, 3)).toEqual(["0", "1", "2"]);
    expect(stdout.split("\n").slice(3).join("").trim()).toBe(builtSupervisor());
  });
});

/**
 * Its child leads a session of its own, and the child's first thread ends while another goes on: the system shows it as a
 * zombie. The child's number is in `pid`; without an argument it waits itself.
 */
const HEADLESS = `
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *tell(void *unused) {
  usleep(100000);
  FILE *file = fopen("pid.new", "w");
  fprintf(file, "%d", getpid());
  fclose(file);
  rename("pid.new", "pid");
  sleep(60);
  return unused;
}
int main(int count, char **words) {
  if (fork() == 0) {
    pthread_t other;
    setsid();
    for (int i = 0; i < 3; i++) close(i);
    pthread_create(&other, NULL, tell, words);
    pthread_exit(NULL);
  }
  if (count == 1) sleep(60);
  while (access("pid", F_OK) != 0) usleep(10000);
  return 0;
}
`;

function folderWithHeadless(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "headless.c"), HEADLESS);
  execFileSync("cc", ["-pthread", "-o", "headless", "headless.c"], { cwd: folder });
  return folder;
}

onLinux("what shows as a zombie and goes on", () => {
  it.each(["supervisor", "mark"] as const)("ends with its call, found by the %s", async (way) => {
    const folder = folderWithHeadless();
    const more = way === "mark" ? { supervisor: null } : {};
    const { exitCode, isLeft } = await run(folder, "exec ./headless ends", more);
    expect({ exitCode, isLeft }).toEqual({ exitCode: 0, isLeft: false });
    await until(() => !isRunning(pidIn(folder)), "it has ended");
  });

  it.each(["supervisor", "mark"] as const)("ends when it is canceled, found by the %s", async (way) => {
    const folder = folderWithHeadless();
    const controller = new AbortController();
    const more = way === "mark" ? { supervisor: null } : {};
    const result = run(folder, "exec ./headless", { signal: controller.signal, ...more });
    await untilThere(folder, "pid");
    expect(readFileSync(`/proc/${pidIn(folder)}/stat`, "latin1")).toContain(") Z ");
    expect(isRunning(pidIn(folder))).toBe(true);
    controller.abort();
    expect(await result).toMatchObject({ aborted: true, isLeft: false });
    await until(() => !isRunning(pidIn(folder)), "it has ended");
  });

  it("ends with a daemon that is killed, and with the next one's start at the latest", async () => {
    const folder = folderWithHeadless();
    const daemon = await startDaemon(folder, "echo $PPID > tender; exec ./headless");
    const tender = pidIn(folder, "tender");
    const keeper = processFacts(tender)?.parent ?? 0;
    for (const pid of [keeper, tender]) process.kill(pid, "SIGSTOP");
    await daemon.kill();
    for (const pid of [keeper, tender]) process.kill(pid, "SIGKILL");
    expect(isRunning(pidIn(folder))).toBe(true);
    expect(await endLeftovers()).toBe(true);
    await until(() => !isRunning(pidIn(folder)), "it has ended");
  });
});

onLinux("what can't be killed", () => {
  it("is told of", async () => {
    const folder = temporaryFolder();
    expect((await run(folder, "true")).isLeft).toBe(false);
    // As the supervisor reports what runs as another user.
    const supervisor = join(folder, "supervisor");
    writeFileSync(supervisor, "#!/bin/sh\necho 'e 0 left' >&3\n", { mode: 0o755 });
    expect(await run(folder, "true", { supervisor })).toMatchObject({ exitCode: 0, isLeft: true });
  });
});

onLinux("a supervisor that is killed", () => {
  it.each(["keeper", "tender"] as const)("is outlived by nothing: the %s", async (which) => {
    const folder = temporaryFolder();
    const call = await startDaemonising(folder);
    process.kill(call[which], "SIGKILL");
    expect(await call.result).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    expect(isRunning(call.stray)).toBe(false);
    // They let go of what tells of them a moment before they are gone.
    await until(() => ![call.keeper, call.tender].some(isRunning), "the supervisors are gone");
  });

  it("is outlived by nothing, both at once, as long as the mark is there", async () => {
    const folder = temporaryFolder();
    const script = `echo $PPID > tender; setsid sh -c 'sleep 60 & echo $! > pid.new; mv pid.new pid' & sleep 60`;
    const result = run(folder, script);
    await untilThere(folder, "pid");
    const tender = pidIn(folder, "tender");
    const keeper = processFacts(tender)?.parent ?? 0;
    for (const pid of [keeper, tender]) process.kill(pid, "SIGSTOP");
    for (const pid of [keeper, tender]) process.kill(pid, "SIGKILL");
    expect(await result).toMatchObject({ signal: "SIGKILL" });
    expect(isRunning(pidIn(folder))).toBe(false);
  });

  it("may as well be stopped: the call ends all the same", async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    const call = await startDaemonising(folder, { signal: controller.signal });
    for (const pid of [call.keeper, call.tender]) process.kill(pid, "SIGSTOP");
    controller.abort();
    expect(await call.result).toMatchObject({ aborted: true });
    expect(isRunning(call.stray)).toBe(false);
    // They let go of what tells of them a moment before they are gone.
    await until(() => ![call.keeper, call.tender].some(isRunning), "the supervisors are gone");
  });
});

/** A process in the daemon's place, which has a call and can be killed. */
async function startDaemon(folder: string, script: string) {
  const module = new URL("../process.ts", import.meta.url).href;
  const program = `
    import { runProcess } from ${JSON.stringify(module)};
    await runProcess({ file: "sh", args: ["-c", ${JSON.stringify(script)}], cwd: ${JSON.stringify(folder)},
      env: { PATH: ${JSON.stringify(PATH)} }, timeoutMs: 60000, signal: new AbortController().signal,
      maxBytesPerStream: 1000, spoolDir: null });`;
  const daemon = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
  const exited = once(daemon, "exit");
  await untilThere(folder, "pid");
  return {
    async kill() {
      daemon.kill("SIGKILL");
      await exited;
    },
  };
}

onLinux("a daemon that is killed", () => {
  it("takes all its calls with it", async () => {
    const folder = temporaryFolder();
    const daemon = await startDaemon(
      folder,
      `echo $$ > program; ${DAEMONISE} trap '' TERM; sleep 60; sleep 60`,
    );
    await daemon.kill();
    for (const name of ["pid", "program"]) {
      await until(() => !isRunning(pidIn(folder, name)), `${name} has ended`);
    }
  });

  it.each(["keeper", "tender"])("takes them with it although this is stopped: the %s", async (which) => {
    const folder = temporaryFolder();
    const daemon = await startDaemon(folder, `echo $PPID > tender; ${DAEMONISE} sleep 60`);
    const tender = pidIn(folder, "tender");
    const keeper = processFacts(tender)?.parent ?? 0;
    process.kill(which === "keeper" ? keeper : tender, "SIGSTOP");
    await daemon.kill();
    for (const pid of [pidIn(folder), tender, keeper]) await until(() => !isRunning(pid), `${pid} has ended`);
  });

  it("leaves what the next one ends if its supervisors were killed with it, and no other's", async () => {
    const folder = temporaryFolder();
    const other = temporaryFolder();
    const script = `echo $PPID > tender; setsid sh -c 'sleep 60 & echo $! > pid.new; mv pid.new pid' & sleep 60`;
    const [daemon, living] = [await startDaemon(folder, script), await startDaemon(other, script)];
    const tender = pidIn(folder, "tender");
    const keeper = processFacts(tender)?.parent ?? 0;
    for (const pid of [keeper, tender]) process.kill(pid, "SIGSTOP");
    await daemon.kill();
    for (const pid of [keeper, tender]) process.kill(pid, "SIGKILL");
    expect(isRunning(pidIn(folder))).toBe(true);
    expect(await endLeftovers()).toBe(true);
    expect(isRunning(pidIn(folder))).toBe(false);
    expect(isRunning(pidIn(other))).toBe(true);
    await living.kill();
    await until(() => !isRunning(pidIn(other)), "the other's has ended");
  });
});

onLinux("what was judged", () => {
  const changed = (result: Promise<unknown>) => expect(result).rejects.toBeInstanceOf(ChangedBeforeStart);

  it("is the program that runs, or nothing runs", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "tool");
    writeFileSync(file, "#!/bin/sh\necho one\n", { mode: 0o755 });
    const found = () => findProgram("tool", `/nowhere:${folder}`) ?? undefined;
    const first = found();
    const start = (program: typeof first) =>
      run(folder, "", { file: "tool", args: [], judged: program === undefined ? {} : { program } });
    expect(await start(first)).toMatchObject({ stdout: "one\n" });
    appendFileSync(file, "echo more\n");
    await changed(start(first));
    const second = found();
    writeFileSync(`${file}.new`, readFileSync(file), { mode: 0o755 });
    renameSync(`${file}.new`, file);
    await changed(start(second));
    const third = found();
    chmodSync(file, 0o700);
    await changed(start(third));
  });

  it("is the folder it runs in, whatever its name leads to by then", async () => {
    const folder = temporaryFolder();
    for (const name of ["judged", "other"]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "which"), name);
    }
    const descriptor = openSync(join(folder, "judged"), "r");
    renameSync(join(folder, "judged"), join(folder, "moved"));
    renameSync(join(folder, "other"), join(folder, "judged"));
    for (const supervisor of [builtSupervisor(), null]) {
      const judged = { folder: descriptor };
      const { stdout } = await run(join(folder, "judged"), "cat which", { judged, supervisor });
      expect(stdout).toBe("judged");
    }
    closeSync(descriptor);
  });

  it("is the bytes of a script that run, from where nobody can write", async () => {
    const folder = temporaryFolder();
    const content = Buffer.from(`echo judged $1; echo no > "$0"; :`);
    writeFileSync(join(folder, "x.sh"), "echo other");
    const judged = { copy: { argument: 0, content } };
    const { stdout, stderr } = await run(folder, "", { args: ["x.sh", "a"], judged });
    expect(stdout).toBe("judged a\n");
    expect(stderr).toMatch(/cannot create|not permitted|denied/i);
    expect(readFileSync(join(folder, "x.sh"), "utf8")).toBe("echo other");
    const large = Buffer.from(`echo begun\n${"# x\n".repeat(1_000_000)}echo ended\n`);
    const whole = await run(folder, "", {
      args: ["x.sh"],
      judged: { copy: { argument: 0, content: large } },
    });
    expect(whole.stdout).toBe("begun\nended\n");
  });
});
