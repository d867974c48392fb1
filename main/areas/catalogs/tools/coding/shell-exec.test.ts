import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createShellExec } from "./shell-exec.ts";
import { createWorkspace } from "./workspace.fixture.ts";
import type { WorkspaceFixture } from "./workspace.fixture.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
});
afterEach(() => w.remove());

const exec = (argv: unknown, more = {}) => w.call("shell_exec", { argv, ...more });
const subject = (argv: string[], more = {}) =>
  w.tool("shell_exec").permission?.subject({ argv, ...more }, w.context);
const present = async (args: object) =>
  (await w.tool("shell_exec").permission?.inspect({ ...args }, w.context))?.presentation;

describe("shell_exec", () => {
  it("reports exit code and streams", async () => {
    const good = await exec(["sh", "-c", "echo out; echo err >&2"]);
    expect(good).toMatchObject({
      isError: false,
      metadata: { exit_code: 0, timed_out: false, truncated: false },
    });
    expect(good.content).toBe(
      "exit_code: 0\ntimed_out: false\ntruncated: false\n\nstdout:\nout\n\n\nstderr:\nerr\n\n",
    );
    expect(await exec(["sh", "-c", "exit 3"])).toMatchObject({ isError: true, metadata: { exit_code: 3 } });
    expect((await exec(["cat"], { stdin: "given" })).content).toContain("stdout:\ngiven");
  });

  it("runs in the workspace or below it, with a small environment and no secrets", async () => {
    await w.put("sub/x", "");
    expect((await exec(["sh", "-c", "pwd"], { dir: "sub" })).content).toContain(join(w.root, "sub"));
    symlinkSync("..", join(w.root, "up"));
    for (const dir of ["..", "up", "/", "none"])
      expect(await exec(["sh", "-c", "pwd"], { dir })).toMatchObject({ isError: true });
    const { content } = await exec(["env"]);
    const names = [...content.matchAll(/^([A-Za-z_]+)=/gm)].map(([, name]) => name);
    expect(
      names.filter((name) => !["PATH", "HOME", "LANG", "TERM", "GATEHOUSE_CALL"].includes(name ?? "")),
    ).toEqual([]);
    expect(content).toContain(`HOME=${w.base}`);
    expect(content).not.toContain("s3cret");
  });

  it("runs only programs on the list, also behind wrappers, by bare names", async () => {
    expect((await exec(["rm", "x"])).content).toContain("not on the list");
    expect((await exec(["/bin/sh", "-c", "true"])).content).toContain("is a path");
    expect((await exec(["./git"])).content).toContain("is a path");
    expect((await exec(["env", "A=1", "rm", "x"])).content).toContain('"rm" is not on the list');
    expect((await exec(["timeout", "5", "sh", "-c", "echo ok"])).content).toContain("ok");
    w.coding.allowBinaries = [];
    expect((await exec(["sh", "-c", "true"])).content).toContain("not on the list");
    expect((await exec(["git", "--version"])).isError).toBe(false);
  });

  it("does not run a program of the workspace in place of the real one", async () => {
    await w.put("bin/git", "#!/bin/sh\necho hijacked\n");
    const fake = createShellExec({
      allowedBinaries: () => ["git"],
      environment: () => ({ PATH: `${join(w.root, "bin")}:.::bin:/usr/bin:/bin` }),
      spoolDir: join(w.base, "spool"),
    });
    const { content } = await fake.execute({ argv: ["git", "--version"] }, w.context);
    expect(content).toContain("git version");
  });

  it.each([[[]], ["ls"], [[1]], [["git", "a\0b"]], [undefined], [["git", "x".repeat(3_000_000)]]])(
    "takes nothing but a list of words: %#",
    async (argv) => expect(await exec(argv)).toMatchObject({ isError: true }),
  );

  it("ends at its time and says so", async () => {
    const quick = createShellExec({
      allowedBinaries: () => ["sh"],
      environment: () => process.env,
      spoolDir: join(w.base, "spool"),
      timeoutMs: 150,
    });
    const result = await quick.execute({ argv: ["sh", "-c", "echo begun; sleep 30"] }, w.context);
    expect(result).toMatchObject({ isError: true, metadata: { timed_out: true } });
    expect(result.content).toContain("begun");
  });

  it("stops when the run is canceled", async () => {
    const signal = AbortSignal.timeout(150);
    const result = await w.tool("shell_exec").execute({ argv: ["sleep", "30"] }, { ...w.context, signal });
    expect(result.content).toContain("canceled");
  });

  it("returns both ends of long output and keeps the rest in a file", async () => {
    const result = await exec(["sh", "-c", "seq 1 100000"]);
    expect(Buffer.byteLength(result.content)).toBeLessThan(66 * 1024);
    expect(result.content).toMatch(/stdout:\n1\n2\n[\s\S]*bytes left out[\s\S]*99999\n100000\n/);
    const path = /full_stdout: (.*)/.exec(result.content)?.[1] ?? "";
    expect(readFileSync(path, "utf8").length).toBe(588_895);
    expect((await exec(["sh", "-c", "seq 1 1000"], { max_output_bytes: 256 })).metadata).toMatchObject({
      truncated: true,
    });
  });
});

describe("the subject of a command", () => {
  it("joins the words by blanks, and tells folders and input apart", async () => {
    expect(await subject(["git", "commit", "-m", "a b"])).toMatchObject({
      action: "exec",
      target: "git commit -m a b",
    });
    expect((await subject(["npm", "test"], { dir: "sub" }))?.target).toBe("npm test (in sub)");
    expect((await subject(["git", "apply"], { stdin: "1" }))?.target).not.toBe(
      (await subject(["git", "apply"], { stdin: "2" }))?.target,
    );
    const [one, two] = [await subject(["rm", "a b"]), await subject(["rm", "a", "b"])];
    expect(one?.target).toBe(two?.target);
    expect(one?.fingerprint).not.toBe(two?.fingerprint);
    expect(await w.tool("shell_exec").permission?.subject({ argv: 7 }, w.context)).toEqual({
      action: "exec",
      target: "shell_exec",
      remember: "once",
    });
  });

  it("binds a script to its content", async () => {
    await w.put("sub/x.py", "print(1)");
    const first = await subject(["env", "CI=1", "python3", "x.py"], { dir: "sub" });
    expect(first).toMatchObject({
      remember: "narrow",
      execution: { program: "python3", scripts: [{ path: "sub/x.py" }] },
    });
    await w.put("sub/x.py", "print(2)");
    const second = await subject(["env", "CI=1", "python3", "x.py"], { dir: "sub" });
    expect(second?.execution?.scripts).toHaveLength(1);
    expect(second?.execution?.scripts).not.toEqual(first?.execution?.scripts);
  });

  it("allows a script only once that is outside, unreadable or leads out by a link", async () => {
    symlinkSync("/etc/hostname", join(w.root, "x.sh"));
    await w.put("dir/y", "");
    for (const script of ["/etc/profile", "../x.sh", "x.sh", "none.sh", "dir"]) {
      expect(await subject(["sh", script]), script).toMatchObject({
        remember: "once",
        execution: { scripts: [] },
      });
    }
    expect(await subject(["git", "status"])).toMatchObject({
      remember: "wide",
      execution: { program: "git", scripts: [] },
    });
  });
});

describe("what is shown of a command", () => {
  it("is the whole line, to be pasted, and changes nothing", async () => {
    await w.put("sub dir/x", "");
    const shown = await present({
      argv: ["python3", "-c", "touch made; echo 'a b'\n# \u202etxt.exe\u200b"],
      dir: "sub dir",
      stdin: "in\n",
    });
    expect(shown?.body).toEqual({
      kind: "command",
      reads: "`python3` runs 2 lines",
      inline: {
        line: "cd -- 'sub dir' && python3 -c ⟨script⟩",
        script: "touch made; echo 'a b'\n# \\u202etxt.exe\\u200b",
        input: "in\n",
      },
      text: `cd -- 'sub dir' && printf %s $'in\\n' | python3 -c $'touch made; echo \\'a b\\'\\n# \\u202etxt.exe\\u200b'`,
    });
    expect(existsSync(join(w.root, "made"))).toBe(false);
  });

  it("refuses what can't run, in words for the model and in others for the person", async () => {
    const refusalOf = async (args: object) =>
      (await w.tool("shell_exec").permission?.inspect({ ...args }, w.context))?.refusal;
    const forbidden = await refusalOf({ argv: ["rm", "-rf", "x"] });
    expect(forbidden?.forModel).toContain('"rm" is not on the list');
    expect(forbidden?.forPerson).toContain("Settings → Workspace and tools");
    expect((await refusalOf({ argv: ["git", "status"], dir: ".." }))?.forModel).toContain(
      "outside of the workspace",
    );
    expect((await refusalOf({ argv: "git status" }))?.forModel).toContain("invalid arguments");
    expect(await refusalOf({ argv: ["git", "status"] })).toBeUndefined();
  });
});
