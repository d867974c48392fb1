import { spawn } from "node:child_process";
import type { ExitCode } from "../command/exit-codes.ts";
import { CliError, exitCodes } from "../command/exit-codes.ts";

const FORWARDED: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP"];

/** Runs the daemon without a desktop in front, with all arguments handed through, and ends as it ends. */
export function serve(daemon: string, args: readonly string[]): Promise<ExitCode> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [daemon, ...args], { stdio: "inherit" });
    // The daemon drains and ends by itself; until then this process waits for it.
    const forward = (signal: NodeJS.Signals) => void child.kill(signal);
    for (const signal of FORWARDED) process.on(signal, forward);
    child.once("error", (cause) =>
      reject(new CliError(`The daemon did not start: ${cause.message}`, exitCodes.failed, { cause })),
    );
    child.once("exit", (code) => {
      for (const signal of FORWARDED) process.off(signal, forward);
      resolve(code === 0 ? exitCodes.ok : exitCodes.failed);
    });
  });
}
