import { failed, ok, warning, type Check, type Finding } from "../../../../kernel/check.ts";
import { runProcess } from "../../../../kernel/process.ts";
import { builtSupervisor } from "../../../../kernel/supervisor/built.ts";

const ELSEWHERE: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32:
    "A command ends with what it started, as far as that can be found: what goes on in the background after its command " +
    "has ended is not. Nothing ends a command if Gatehouse itself is killed. Only on Linux can Gatehouse do more.",
};
const IN_A_GROUP =
  "A command ends with its process group. A program that leaves the group on purpose goes on, and so does a command " +
  "if Gatehouse itself is killed. Only on Linux can Gatehouse do more.";

/** Whether nothing outlives a command. */
export function createCommandsCheck(
  supervisor: string | null = builtSupervisor(),
  platform: NodeJS.Platform = process.platform,
): Check {
  return {
    name: "commands",
    title: "Ending commands",
    run(signal) {
      if (platform !== "linux") return ok(ELSEWHERE[platform] ?? IN_A_GROUP);
      if (supervisor !== null) return tryOut(supervisor, signal);
      return warning(
        "The program that watches over commands is not there, because there was no C compiler to build it. What a command " +
          "leaves in the background is looked for and ended, but it may hide, and if Gatehouse is killed a command goes on " +
          "until the next start.",
        "Install a C compiler (gcc and libc6-dev on Debian and Ubuntu), run npm run build, and restart Gatehouse.",
      );
    },
  };
}

async function tryOut(supervisor: string, signal: AbortSignal): Promise<Finding> {
  const { exitCode } = await runProcess({
    file: "true",
    args: [],
    cwd: "/",
    env: { PATH: "/usr/bin:/bin:/run/current-system/sw/bin" },
    timeoutMs: 4_000,
    signal,
    maxBytesPerStream: 100,
    spoolDir: null,
    supervisor,
  }).catch(() => ({ exitCode: null }));
  if (exitCode === 0)
    return ok("Nothing outlives its command, in the background or otherwise, also if Gatehouse is killed.");
  return failed(
    "The program that watches over commands can't be started, so no command can be run.",
    `Reinstall Gatehouse, or run npm run build. It is ${supervisor}.`,
  );
}
