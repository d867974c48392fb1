import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { call, payloadsOf, type Glue } from "../../fixtures/glue.ts";
import { expect, test } from "../../fixtures/test.ts";

const run = (line: string) => call("shell_exec", { argv: line.split(" ") });

/** Puts files into the workspace. */
async function put(work: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), text);
  }
}

/** Asks once more. Null: it ran without a question; else it is denied, and this is the request. */
async function askedAgain(glue: Glue, line: string): Promise<string | null> {
  const { run_id: runId } = await glue.start("a", run(line));
  const stream = await glue.stream(runId);
  const first = await stream.first(({ event }) =>
    ["permission_request", "run_done", "run_error"].includes(event),
  );
  if (first.event !== "permission_request") return null;
  const id = first.envelope.payload.permission_id ?? "";
  await glue.decide(runId, id, { allow: false });
  const frames = await stream.ended;
  expect(payloadsOf(frames, "tool_end")[0]?.tool_result?.is_error).toBe(true);
  return id;
}

const allowAlways = async (glue: Glue, line: string) => {
  const waiting = await glue.runUntilAsked("a", run(line));
  return glue.answer(waiting, { allow: true, remember_for: "forever" });
};

test.describe("what was remembered runs as it was, or is asked again", () => {
  for (const { name, line, files, changed, said } of [
    {
      name: "a script of package.json",
      line: "npm test",
      files: { "package.json": '{"scripts": {"test": "ls > out.txt"}}' },
      changed: { "package.json": '{"scripts": {"test": "touch pwned"}}' },
      said: "package.json's test script changed since you allowed it",
    },
    {
      name: "what comes before it",
      line: "npm test",
      files: { "package.json": '{"scripts": {"test": "ls > out.txt"}}' },
      changed: { "package.json": '{"scripts": {"test": "ls > out.txt", "pretest": "touch pwned"}}' },
      said: "package.json's pretest script changed since you allowed it",
    },
    {
      name: "what a script imports",
      line: "node x.js",
      files: { "x.js": 'require("./lib.js");', "lib.js": "1;" },
      changed: { "lib.js": 'require("node:fs").writeFileSync("pwned", "");' },
      said: "lib.js changed since you allowed it",
    },
    {
      name: "what stands beside a script",
      line: "python3 build.py",
      files: { "build.py": "import json\n" },
      changed: { "json.py": 'open("pwned", "w")\n' },
      said: "json.py changed since you allowed it",
    },
  ]) {
    test(name, async ({ glue, native, place }) => {
      await put(place.work, files);
      await allowAlways(glue, line);
      expect(await askedAgain(glue, line)).toBeNull();
      await put(place.work, changed);
      const id = (await askedAgain(glue, line)) ?? "";
      const request = await native.permission(id);
      expect(request.presentation?.risks[0]).toMatchObject({ level: "high", text: said });
      // So it is held, left out of answers to many, and never allowed from tray or notification.
      expect(request).toMatchObject({ riskLevel: "high" });
      await expect(readFile(join(place.work, "pwned"))).rejects.toThrow();
      await put(place.work, files);
      if (name !== "what stands beside a script") expect(await askedAgain(glue, line)).toBeNull();
    });
  }

  for (const line of ["make test", "npm test", "node x.js", "python3 build.py", "go test ./..."]) {
    test(`asked each time, since nobody knows what it leads to: ${line}`, async ({ glue, place }) => {
      await put(place.work, {
        Makefile: "test:\n\techo ok\n",
        "package.json": '{"scripts": {"test": "make test"}}',
        "x.js": 'require("child_process").execSync("ls")',
        "build.py": "import subprocess\n",
        "go.mod": "module x\n",
      });
      const waiting = await glue.runUntilAsked("a", run(line));
      const answer = await glue.decide(waiting.runId, waiting.permissionId, {
        allow: true,
        remember_for: "forever",
      });
      if (answer.status === 200) await waiting.stream.ended;
      else await glue.cancel(waiting.runId);
      expect(await glue.grants()).toEqual([]);
      expect(await askedAgain(glue, line)).not.toBeNull();
    });
  }

  for (const setting of ["[diff]\n\texternal = ./x.sh", "[core]\n\tfsmonitor = ./x.sh"]) {
    test(`a program in git's settings is asked about, also by git diff: ${setting}`, async ({
      glue,
      place,
    }) => {
      const settings = "[core]\n\tbare = false\n";
      await put(place.work, { ".git/config": settings, ".git/HEAD": "ref: refs/heads/main\n" });
      await mkdir(join(place.work, ".git/objects"), { recursive: true });
      await mkdir(join(place.work, ".git/refs"), { recursive: true });
      await put(place.work, { "x.sh": "#!/bin/sh\ntouch pwned\n" });
      await chmod(join(place.work, "x.sh"), 0o755);
      await allowAlways(glue, "git diff");
      expect(await askedAgain(glue, "git diff")).toBeNull();
      await put(place.work, { ".git/config": `${settings}${setting}\n` });
      expect(await askedAgain(glue, "git diff")).not.toBeNull();
      await expect(readFile(join(place.work, "pwned"))).rejects.toThrow();
    });
  }

  test("a hook that came since is asked about", async ({ glue, place }) => {
    await put(place.work, {
      ".git/config": "[core]\n\tbare = false\n",
      ".git/HEAD": "ref: refs/heads/main\n",
    });
    await mkdir(join(place.work, ".git/objects"), { recursive: true });
    await mkdir(join(place.work, ".git/refs"), { recursive: true });
    await allowAlways(glue, "git commit --allow-empty -m x");
    expect(await askedAgain(glue, "git commit --allow-empty -m x")).toBeNull();
    await put(place.work, { ".git/hooks/pre-commit": "#!/bin/sh\ntouch pwned\n" });
    await chmod(join(place.work, ".git/hooks/pre-commit"), 0o755);
    expect(await askedAgain(glue, "git commit --allow-empty -m x")).not.toBeNull();
    await expect(readFile(join(place.work, "pwned"))).rejects.toThrow();
  });
});
