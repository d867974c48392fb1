import type { HeadlessDaemon } from "../../testing/headless-daemon.ts";
import { runCli } from "../run-cli.ts";
import { createCapturedTerminal } from "./captured-terminal.ts";

/** What a command prints and returns that is given to a daemon, from a terminal at which nobody sits. */
export const commandLine =
  (daemon: () => HeadlessDaemon) =>
  async (...args: string[]) => {
    const terminal = createCapturedTerminal();
    const code = await runCli([...args, "--home", daemon().home], terminal, "unused");
    return { code, out: terminal.out(), err: terminal.err() };
  };
