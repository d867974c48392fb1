import { noDebuggerFlags } from "./no-debugger.ts";

/**
 * glibc keeps an area of memory for each thread and gives hardly anything back of it: compilers and collectors of a daemon
 * under load leave some 20 MB there that nobody uses. One area for all, and back with what is free at its end.
 */
const SETTINGS = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "1048576" } as const;

/**
 * Starts this program anew in the same process, where memory can be spared by that: glibc reads its settings once, before
 * the first line of a program. Who has set one of them has decided otherwise.
 */
export function withThriftyMemory(): void {
  const { env, execve, execPath, execArgv, argv } = process;
  if (process.platform !== "linux" || execve === undefined) return;
  if (Object.keys(SETTINGS).some((name) => env[name] !== undefined)) return;
  try {
    execve(execPath, [execPath, ...execArgv, ...noDebuggerFlags(), ...argv.slice(1)], {
      ...env,
      ...SETTINGS,
    });
  } catch {
    // It runs as well without.
  }
}
