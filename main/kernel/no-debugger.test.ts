import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { noDebuggerFlags } from "./no-debugger.ts";

const module = new URL("./no-debugger.ts", import.meta.url).href;

/** What a process says until it is asked to end, which got the signal in between. */
async function signaled(flags: readonly string[]): Promise<string> {
  const program = `
    const { openNoDebugger } = await import(${JSON.stringify(module)});
    openNoDebugger();
    openNoDebugger();
    process.stdin.on("data", () => process.exit(process.listenerCount("SIGUSR1") === 1 ? 0 : 1));
    console.log("ready");`;
  const child = spawn(process.execPath, [...flags, "--input-type=module", "-e", program]);
  let said = "";
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const ended = once(child, "exit") as Promise<[number | null]>;
  await once(child.stdout, "data");
  child.kill("SIGUSR1");
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.stdin.write("end\n");
  expect((await ended)[0]).toBe(0);
  return said;
}

test.runIf(process.platform !== "win32")("the signal that opens Node's debugger opens nothing", async () => {
  for (const flags of [[], noDebuggerFlags()]) expect(await signaled(flags)).not.toContain("Debugger");
});
