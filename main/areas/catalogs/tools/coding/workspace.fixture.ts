import { symlinkSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
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
    settings: () => coding,
    spoolDir: join(base, "spool"),
    environment: () => ({ ...process.env, HOME: base, LEAKED_SECRET: "s3cret" }),
  });
  const context: ToolContext = {
    runId: `run_${"0".repeat(32)}` as RunId,
    sessionId: "test" as SessionId,
    clientId: "tests",
    callId: "call_1",
    workspace: root,
    signal: new AbortController().signal,
    asker: { kind: "owner", id: "owner", name: "" },
    onQuestion: () => () => {},
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

/**
 * Swaps a folder for a link to another one and back, over and over, in a thread of its own: so it comes between any
 * two calls of the system that a tool makes. The result ends it.
 */
export async function swapForLink(folder: string, target: string): Promise<() => Promise<void>> {
  symlinkSync(target, `${folder}.link`);
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const swapper = new Worker(SWAPPER, { eval: true, workerData: { folder, ended } });
  await new Promise((resolve) => swapper.once("message", resolve));
  return () =>
    new Promise((resolve) => {
      swapper.once("exit", () => resolve());
      Atomics.store(ended, 0, 1);
    });
}

const SWAPPER = `
  const { renameSync, rmSync } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  const { folder, ended } = workerData;
  const [kept, link] = [folder + ".kept", folder + ".link"];
  const replace = (from) => {
    for (;;) {
      try {
        return renameSync(from, folder);
      } catch {
        // Someone made the folder anew in the moment when there was none.
        rmSync(folder, { recursive: true, force: true });
      }
    }
  };
  const pause = () => Atomics.wait(ended, 0, 0, Math.random());
  parentPort.postMessage("begins");
  while (Atomics.load(ended, 0) === 0) {
    renameSync(folder, kept);
    replace(link);
    pause();
    renameSync(folder, link);
    replace(kept);
    pause();
  }
`;
