import { existsSync, readFileSync } from "node:fs";
import { link, mkdir, readdir, symlink, writeFile as writeFileTo } from "node:fs/promises";
import { dirname, join } from "node:path";
import { call, createGlue, payloadsOf, runErrorOf, type Glue } from "../../fixtures/glue.ts";
import { expect, test } from "../../fixtures/test.ts";

const SECRET = "the secret of this machine";

/** Has a tool called, answers what is asked, and gives back its results. */
async function results(glue: Glue, session: string, text: string, allow = true) {
  const { run_id: runId } = await glue.start(session, text);
  const stream = await glue.stream(runId);
  for (let seen = 0; ;) {
    const next = await stream.first(
      ({ event, envelope }) =>
        envelope.seq > seen && ["permission_request", "run_done", "run_error"].includes(event),
    );
    seen = next.envelope.seq;
    if (next.event !== "permission_request") break;
    await glue.decide(runId, next.envelope.payload.permission_id ?? "", { allow });
  }
  const frames = await stream.ended;
  expect(runErrorOf(frames)).toBeNull();
  return payloadsOf(frames, "tool_end").map(({ tool_result }) => ({
    isError: tool_result?.is_error === true,
    content: tool_result?.content?.map(({ text }) => text).join("") ?? "",
  }));
}

test.use({ daemonOptions: { settings: { coding: { allow_overwrite: true } } } });

test.describe("what tools are asked to do, even when a person allows it", () => {
  test("no path leaves the workspace", async ({ glue, place }) => {
    const outside = join(dirname(place.work), "outside");
    await mkdir(outside);
    await writeFileTo(join(outside, "secret.md"), SECRET);
    const paths = [
      "../outside/secret.md",
      "a/../../outside/secret.md",
      join(outside, "secret.md"),
      "./../outside/./secret.md",
      "..",
      "../../../../../../../../etc/passwd",
      "..\\outside\\secret.md",
      "file:///etc/passwd",
      "~/.bashrc",
      "\u0000/etc/passwd",
      "a\u0000/../../outside/secret.md",
    ];
    for (const [at, path] of paths.entries()) {
      const text = [
        call("read_file", { path }),
        call("list_dir", { path: dirname(path) === "." ? path : dirname(path) }),
        call("grep", { pattern: "secret", path }),
        call("write_file", { path, content: "changed", overwrite: true }),
        call("edit_file", { path, old_text: "secret", new_text: "changed" }),
      ].join("\n");
      for (const { content } of await results(glue, `s${at}`, text)) {
        expect(content, path).not.toContain(SECRET);
        expect(content, path).not.toContain("root:");
      }
    }
    expect(readFileSync(join(outside, "secret.md"), "utf8")).toBe(SECRET);
    expect(await readdir(outside)).toEqual(["secret.md"]);
    expect(existsSync(join(place.home, "..", ".bashrc"))).toBe(false);
  });

  test("no link leads out of the workspace", async ({ glue, place }) => {
    const outside = join(dirname(place.work), "outside");
    await mkdir(outside);
    await writeFileTo(join(outside, "secret.md"), SECRET);
    await symlink(outside, join(place.work, "folder"), "junction");
    await symlink(join(outside, "secret.md"), join(place.work, "file.md"));
    await symlink(join(outside, "new.md"), join(place.work, "dangling.md"));
    await symlink("loop-b", join(place.work, "loop-a"));
    await symlink("loop-a", join(place.work, "loop-b"));
    for (const path of ["folder/secret.md", "file.md", "folder", "dangling.md", "folder/new.md", "loop-a"]) {
      const text = [
        call("read_file", { path }),
        call("list_dir", { path }),
        call("grep", { pattern: "secret", path }),
        call("find_files", { pattern: "*", path }),
        call("list_dir", {}),
        call("write_file", { path, content: "changed", overwrite: true }),
        call("edit_file", { path, old_text: "secret", new_text: "changed" }),
      ].join("\n");
      for (const { content } of await results(glue, path, text)) expect(content, path).not.toContain(SECRET);
    }
    expect((await results(glue, "g", call("grep", { pattern: "secret" })))[0]?.content).not.toContain(SECRET);
    expect(readFileSync(join(outside, "secret.md"), "utf8")).toBe(SECRET);
    expect(await readdir(outside)).toEqual(["secret.md"]);
  });

  test("Gatehouse's own files stay its own, by any name", async ({ glue, place }) => {
    const own = join(place.home, "daemon.json");
    const token = (JSON.parse(readFileSync(own, "utf8")) as { token: string }).token;
    await link(own, join(place.work, "hard.md"));
    await link(join(place.home, "gatehouse.db"), join(place.work, "history.md"));
    await symlink(own, join(place.work, "soft.md"));
    for (const path of ["hard.md", "soft.md", "history.md", own]) {
      const text = [
        call("read_file", { path }),
        call("grep", { pattern: "token", path }),
        call("grep", { pattern: "token" }),
        call("shell_exec", { argv: ["git", "hash-object", path] }),
        call("shell_exec", { argv: ["git", "diff", "--no-index", "/dev/null", path] }),
      ].join("\n");
      for (const { content } of await results(glue, path, text)) expect(content, path).not.toContain(token);
    }
  });

  test("no program that is not on the list, no path to one, and no option that writes", async ({
    glue,
    place,
  }) => {
    await writeFileTo(join(place.work, "git"), "#!/bin/sh\ntouch ran-mine\n", { mode: 0o755 });
    for (const argv of [
      ["sh", "-c", "touch ran"],
      ["/bin/sh", "-c", "touch ran"],
      ["./git", "status"],
      ["../bin/sh"],
      ["git\u0000", "status"],
      [""],
      ["bash"],
    ]) {
      const [result] = await results(glue, "shell", call("shell_exec", { argv }));
      expect(result?.isError, JSON.stringify(argv)).toBe(true);
    }
    const [diff] = await results(glue, "git", call("git_diff_branch", { base: "--output=pwned" }));
    expect(diff?.isError).toBe(true);
    expect(
      (await results(glue, "git", call("shell_exec", { argv: ["git", "--version"] })))[0]?.content,
    ).toContain("git version");
    expect((await readdir(place.work)).toSorted()).toEqual(["git"]);
  });

  test("arguments that are none do nothing, even when a person allows them", async ({
    modelGlue: glue,
    model,
    modelDaemon,
  }) => {
    for (const [name, args] of [
      ["write_file", "not json"],
      ["write_file", "[]"],
      ["write_file", "{}"],
      ["write_file", { path: 1, content: [] }],
      ["write_file", { path: "a", content: "\ud800" }],
      ["write_file", '{"__proto__":{"path":"a","content":"b"}}'],
      ["read_file", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
      ["shell_exec", { argv: "git status" }],
      ["shell_exec", { argv: [] }],
      ["no_such_tool", {}],
      ["__proto__", {}],
      ["constructor", {}],
    ] as const) {
      model.script({ toolCalls: [{ name, arguments: args }] }, { text: "well" });
      const [result] = await results(glue, "s", "go");
      expect(result?.isError, `${name} ${JSON.stringify(args).slice(0, 60)}`).toBe(true);
    }
    expect(await readdir(modelDaemon.place.work)).toEqual([]);
  });

  test("what is shown has no control characters and no hidden direction", async ({
    glue,
    native,
    daemon,
  }) => {
    const path = "safe\u202Etxt.exe\u0007\u001b[2K\u200B.md";
    const waiting = await glue.runUntilAsked("s", writeFileCall(path));
    const [summary] = await native.pending();
    const { json, text } = await daemon.api.get(`/gatehouse/v1/permissions/${waiting.permissionId}`);
    const { targetPreview, act, presentation } = json as {
      targetPreview: string;
      act: string;
      presentation: object;
    };
    for (const shown of [targetPreview, act, JSON.stringify(summary), JSON.stringify(presentation)]) {
      expect(shown).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
    }
    expect(text).not.toContain('\u202E"');
    await glue.answer(waiting, { allow: false });
  });

  test("what is asked is what runs: a target that differs only in hidden characters is asked again", async ({
    glue,
  }) => {
    const first = await glue.runUntilAsked("s", writeFileCall("a.md"));
    await glue.answer(first, { allow: true, remember_for: "session_target" });
    const second = await glue.runUntilAsked("s", writeFileCall("a\u200B.md"));
    expect(second.permission.request?.target).toBe(String.raw`a\u200b.md`);
    await glue.answer(second, { allow: false });
  });
});

const writeFileCall = (path: string) => call("write_file", { path, content: "x", overwrite: false });

/** Each keeps the same secret. */
async function putSecrets(work: string): Promise<readonly string[]> {
  const paths = [
    ".env",
    "config/prod.env",
    ".git/config",
    ".docker/config.json",
    ".config/gh/hosts.yml",
    ".claude/.credentials.json",
    ".cargo/credentials.toml",
    ".bash_history",
    "terraform.tfstate",
    "keys/id_ed25519",
  ];
  for (const path of paths) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFileTo(join(work, path), `${SECRET}\n`);
  }
  await symlink(".env", join(work, "soft.md"));
  return [...paths, "soft.md"];
}

test.describe("what keeps secrets", () => {
  test("is read when a person allows it, and not when the person denies it", async ({ glue, place }) => {
    for (const path of await putSecrets(place.work)) {
      const text = [call("read_file", { path }), call("grep", { pattern: "secret", path })].join("\n");
      for (const { content } of await results(glue, "no", text, false))
        expect(content, path).not.toContain(SECRET);
      for (const { content } of await results(glue, "yes", text)) expect(content, path).toContain(SECRET);
    }
  });

  test("is left out of searches, which say so", async ({ glue, place }) => {
    await putSecrets(place.work);
    const text = [
      call("grep", { pattern: "secret" }),
      call("find_files", { pattern: "*" }),
      call("list_dir", { all: true }),
    ].join("\n");
    for (const { content } of await results(glue, "search", text, false)) {
      expect(content).not.toContain(SECRET);
      expect(content).toContain("left out");
    }
  });

  test("is nobody's to read who may only read", async ({ start }) => {
    const daemon = await start({ settings: { permissions: { default_tier: "read_only" } } });
    const glue = createGlue(daemon.api);
    for (const path of await putSecrets(daemon.place.work)) {
      const text = [call("read_file", { path }), call("grep", { pattern: "secret", path })].join("\n");
      for (const { content, isError } of await results(glue, "ro", text)) {
        expect(isError).toBe(true);
        expect(content, path).not.toContain(SECRET);
      }
    }
    await writeFileTo(join(daemon.place.work, "plain.md"), "plain");
    expect((await results(glue, "ro", call("read_file", { path: "plain.md" })))[0]?.content).toBe("plain");
  });
});
