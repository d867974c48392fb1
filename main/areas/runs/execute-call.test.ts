import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { personAt } from "../../contract/principal.ts";
import { createCore, type Core } from "../../testing/core.ts";
import { createWorkspace, type WorkspaceFixture } from "../catalogs/tools/coding/workspace.fixture.ts";
import type { Tool, ToolArguments, ToolContext } from "../catalogs/tools/tool.ts";
import type { Scope } from "../permissions/contract.ts";
import type { Run } from "./contract.ts";
import { createCallExecutor } from "./execute-call.ts";
import { OWNER } from "./testing/start-run.ts";

let w: WorkspaceFixture;
let core: Core;
let isOn = true;
beforeEach(async () => {
  w = await createWorkspace();
  core = createCore();
  isOn = true;
});
afterEach(() => w.remove());

const at = (path: string) => join(w.root, path);
const run = { id: `run_${"1".repeat(32)}` as RunId, sessionId: "s" as SessionId, clientId: "editor" } as Run;

const execute = async (name: string, args: ToolArguments, find: (name: string) => Tool = w.tool) => {
  const call = createCallExecutor({
    tools: { list: () => [], find: (asked) => (isOn ? find(asked) : undefined) },
    permissions: core.permissions,
    workspace: w.root,
    run: () => run,
    asker: OWNER,
    emit: () => {},
    onWaiting: () => {},
    onAnswered: () => {},
    onToolCall: () => {},
    onToolEnd: () => {},
  });
  return (await call({ id: "1", name, arguments: args }, w.context.signal)).result;
};

/** The tools are real ones and read the disk, so this takes time rather than turns. */
const somebodyIsAsked = () =>
  vi.waitFor(() => expect(core.permissions.pendingCount()).toBe(1), { timeout: 5_000, interval: 5 });

/** What happens between the question and the answer, which is yes. */
const allowedAfter = async (
  name: string,
  args: ToolArguments,
  meanwhile: () => void,
  scope: Scope = "once",
  find = w.tool,
) => {
  const result = execute(name, args, find);
  await somebodyIsAsked();
  meanwhile();
  for (const { id } of core.permissions.pending()) {
    core.permissions.decide(id, { decision: "allow", scope }, personAt("popup"));
  }
  return result;
};

const nothing = () => {};
const changed = { isError: true, content: expect.stringContaining("changed after it was shown") as string };

describe("what was shown is what runs", () => {
  test("an edit of a file that has changed since", async () => {
    await w.put("a", "one\n");
    const edit = { path: "a", old_string: "one", new_string: "two", replace_all: true };
    expect(await allowedAfter("edit_file", edit, () => writeFileSync(at("a"), "one\none\n"))).toEqual(
      changed,
    );
    expect(readFileSync(at("a"), "utf8")).toBe("one\none\n");
    expect(await allowedAfter("edit_file", edit, nothing)).toMatchObject({ isError: false });
  });

  test("a new file where there is one now, and a replaced one that is another now", async () => {
    const write = { path: "a", content: "new", overwrite: true };
    expect(await allowedAfter("write_file", write, () => writeFileSync(at("a"), "precious"))).toEqual(
      changed,
    );
    expect(await allowedAfter("write_file", write, () => writeFileSync(at("a"), "more"))).toEqual(changed);
    expect(readFileSync(at("a"), "utf8")).toBe("more");
    expect(await allowedAfter("write_file", write, nothing)).toMatchObject({ isError: false });
  });

  test("a place that a link has taken elsewhere", async () => {
    mkdirSync(at("one"));
    mkdirSync(at("two"));
    symlinkSync("one", at("way"));
    const swap = (to: string) => () => {
      symlinkSync(to, at("new"));
      renameSync(at("new"), at("way"));
    };
    const write = { path: "way/f", content: "x" };
    expect(await allowedAfter("write_file", write, swap("two"))).toEqual(changed);
    const shell = { argv: ["sh", "-c", "touch made"], dir: "way" };
    expect(await allowedAfter("shell_exec", shell, swap("one"))).toEqual(changed);
  });

  test("a script that has changed since, also when it was to be remembered", async () => {
    await w.put("a.sh", "echo good");
    const swap = () => writeFileSync(at("a.sh"), "echo evil");
    const result = await allowedAfter("shell_exec", { argv: ["sh", "a.sh"] }, swap, "forever");
    expect(result).toEqual(changed);
    writeFileSync(at("a.sh"), "echo good");
    expect((await execute("shell_exec", { argv: ["sh", "a.sh"] })).content).toContain("good");
  });

  test("a script that has changed after it was compared for the last time", async () => {
    await w.put("a.sh", "echo good");
    const shell = w.tool("shell_exec");
    const late: Tool = {
      ...shell,
      execute(args: ToolArguments, context: ToolContext) {
        writeFileSync(at("a.sh"), "echo bad");
        return shell.execute(args, context);
      },
    };
    const result = await allowedAfter("shell_exec", { argv: ["sh", "a.sh"] }, nothing, "once", () => late);
    expect(result).toMatchObject({
      isError: true,
      content: expect.stringContaining("changed after it was allowed") as unknown,
    });
  });

  test("a call that can't run: nobody is asked, the model hears why, and the ledger says it for people", async () => {
    const { content, isError } = await execute("shell_exec", { argv: ["uname"] });
    expect(isError).toBe(true);
    expect(content).toContain('"uname" is not on the list of allowed programs');
    const { decisions } = await core.permissions.decisions({ limit: 5 });
    expect(decisions).toMatchObject([
      {
        permissionId: null,
        outcome: "denied",
        decidedBy: { kind: "system", name: "cannot run" },
        reason: expect.stringContaining("Settings → Workspace and tools") as string,
      },
    ]);
    expect(core.payloads("permissions.asked")).toEqual([]);
  });

  test("a tool that was turned off since", async () => {
    const result = await allowedAfter("write_file", { path: "a", content: "x" }, () => (isOn = false));
    expect(result).toMatchObject({ isError: true });
    expect(() => readFileSync(at("a"))).toThrow();
  });
});

test("a grant covers no other call whose target reads the same", async () => {
  await w.put("a", "precious");
  const odd = { path: "a (overwrite)", content: "x" };
  expect(await allowedAfter("write_file", odd, nothing, "forever")).toMatchObject({ isError: false });
  const other = execute("write_file", { path: "a", content: "x", overwrite: true });
  await somebodyIsAsked();
  core.permissions.denyAll("no");
  expect(await other).toMatchObject({ isError: true });
  expect(readFileSync(at("a"), "utf8")).toBe("precious");
});
