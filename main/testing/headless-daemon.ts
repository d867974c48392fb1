import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConnectionFile, type ConnectionFile } from "../transport/connection-file.ts";

const program = fileURLToPath(new URL("../headless.ts", import.meta.url));

export interface HeadlessDaemon {
  readonly home: string;
  readonly work: string;
  /** With the owner key. */
  readonly connection: ConnectionFile;
  readonly glueToken: string;
  /** Asks it to end, waits until it has, and gives its exit code. */
  stop(): Promise<number | null>;
  /** Stops it if need be and removes what it left. */
  remove(): Promise<void>;
}

/** The real daemon in a process, a home and a workspace of its own, on a free port. */
export async function startHeadlessDaemon(): Promise<HeadlessDaemon> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-daemon-"));
  const home = join(folder, "home");
  const work = join(folder, "work");
  mkdirSync(work);
  const args = [program, "--home", home, "--work", work, "--metadata", join(folder, "glue.json")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let said = "";
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (part: Buffer) => {
      said += part.toString();
      if (said.includes("token:")) resolve();
    });
    void ended.then((code) => reject(new Error(`the daemon ended with ${code}: ${said}`)));
  });
  const connection = readConnectionFile(join(home, "daemon.json"));
  const glue = readConnectionFile(join(folder, "glue.json"));
  if (connection === null || glue === null) throw new Error(`the daemon wrote no connection file: ${said}`);
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return {
    home,
    work,
    connection,
    glueToken: glue.token,
    stop,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
