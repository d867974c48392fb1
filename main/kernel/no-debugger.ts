/** For the next start of this program in its place, where its Node knows the switch: it holds from the first moment on. */
export const noDebuggerFlags = (): readonly string[] =>
  ["--disable-sigusr1"].filter((flag) => process.allowedNodeEnvironmentFlags.has(flag));

/**
 * Node opens its debugger when the process gets SIGUSR1, and asks nobody who comes there for a key: other users of the
 * machine could run their code in here. A listener takes the signal's place, and does nothing.
 */
export function openNoDebugger(): void {
  if (process.platform === "win32" || process.listenerCount("SIGUSR1") > 0) return;
  process.on("SIGUSR1", () => undefined);
}
