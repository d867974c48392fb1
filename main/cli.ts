#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { runCli } from "./cli/run-cli.ts";
import { createPaint, wantsColor } from "./command/terminal/paint.ts";

/** The daemon lies beside this file, built or not. */
const daemonFile = new URL(import.meta.url.endsWith(".ts") ? "headless.ts" : "headless.cjs", import.meta.url);

const { stdin, stdout, stderr, env } = process;

// A reader that has seen enough (`gatehouse pending | head -1`) is no failure.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

void runCli(
  process.argv.slice(2),
  {
    stdin,
    stdout,
    stderr,
    canAsk: stdin.isTTY && stderr.isTTY,
    paintOut: createPaint(wantsColor(stdout.isTTY, env)),
    paintErr: createPaint(wantsColor(stderr.isTTY, env)),
    environment: env,
  },
  fileURLToPath(daemonFile),
).then((code) => {
  process.exitCode = code;
});
