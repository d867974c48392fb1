import { renameSync, rmSync, symlinkSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type { RunId, SessionId } from "../../../../contract/ids.ts";
import type { ToolResult } from "../../../runs/contract.ts";
import { createToolCatalog } from "../catalog.ts";
import type { Tool, ToolArguments, ToolContext } from "../tool.ts";

export interface WorkspaceFixture {
  /** Holds the workspace and, beside it, what must not be reached. */
  readonly base: string;
  readonly root: string;
  readonly context: ToolContext;
  readonly coding: { enabled: boolean; allowOverwrite: boolean; allowBinaries: string[] };
  tool(name: string): Tool;
  call(name: string, args: ToolArguments): Promise<ToolResult>;
  /** Writes a file below the workspace, with its folders. */
  put(path: string, content: string | Buffer): Promise<void>;
  remove(): Promise<void>;
}

export async function createWorkspace(): Promise<WorkspaceFixture> {
  const base = await realpath(await mkdtemp(join(tmpdir(), "gatehouse-tools-")));
  const root = join(base, "work");
  await mkdir(root);
  const coding = {
    enabled: true,
    allowOverwrite: true,
    allowBinaries: ["sh", "env", "cat", "sleep", "timeout"],
  };
  const catalog = createToolCatalog({
    settings: () => ({ coding }),
    spoolDir: join(base, "spool"),
    environment: () => ({ ...process.env, HOME: base, LEAKED_SECRET: "s3cret" }),
  });
  const context: ToolContext = {
    runId: `run_${"0".repeat(32)}` as RunId,
    sessionId: "test" as SessionId,
    workspace: root,
    signal: new AbortController().signal,
  };
  const tool = (name: string) => {
    const found = catalog.find(name);
    if (found === undefined) throw new Error(`no tool ${name}`);
    return found;
  };
  return {
    base,
    root,
    context,
    coding,
    tool,
    call: (name, args) => tool(name).execute(args, context),
    async put(path, content) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

/** Swaps a folder for a link to another one and back, over and over; the result ends it. */
export function swapForLink(folder: string, target: string): () => Promise<void> {
  const [kept, link] = [`${folder}.kept`, `${folder}.link`];
  symlinkSync(target, link);
  const ended = new AbortController();
  const replace = (from: string) => {
    for (;;) {
      try {
        return renameSync(from, folder);
      } catch {
        // Someone made the folder anew in the moment when there was none.
        rmSync(folder, { recursive: true, force: true });
      }
    }
  };
  const done = (async () => {
    while (!ended.signal.aborted) {
      renameSync(folder, kept);
      replace(link);
      await turn();
      renameSync(folder, link);
      replace(kept);
      await pause(1);
    }
  })();
  return () => {
    ended.abort();
    return done;
  };
}
