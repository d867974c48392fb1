import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { app, dialog } from "electron";
import { redact } from "../kernel/redact.ts";

export interface CrashDeps {
  readonly logs: string;
  readonly version: string;
  /** Denies what waits and serves no more. Nobody waits for it to finish. */
  readonly shut: () => void;
}

/** Something nobody expected: the state of the gate is unknown, so it is not kept open. */
export function handleCrashes({ logs, version, shut }: CrashDeps): void {
  let isCrashed = false;
  process.on("uncaughtException", (error) => {
    if (isCrashed) return;
    isCrashed = true;
    shut();
    const report = writeReport(logs, version, error);
    process.stderr.write(`gatehouse: ${error.message}${report === null ? "" : ` (${report})`}\n`);
    if (askReopen(error, report)) app.relaunch();
    app.exit(1);
  });
}

function writeReport(logs: string, version: string, error: Error): string | null {
  const facts = [
    `Gatehouse ${version}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
    new Date().toISOString(),
    "",
    error.stack ?? error.message,
    ...(error.cause === undefined ? [] : ["", "Cause:", inspect(error.cause)]),
    "",
  ];
  const file = join(logs, `crash-${Date.now()}.txt`);
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    writeFileSync(file, redact(facts.join("\n")), { mode: 0o600 });
    return file;
  } catch {
    return null;
  }
}

/** Before the app is ready there can be no question, only a message. */
function askReopen(error: Error, report: string | null): boolean {
  const where = report === null ? "" : `\n\nA report is in ${report}`;
  const detail = `${error.message}${where}`;
  if (!app.isReady()) {
    dialog.showErrorBox("Gatehouse could not start", detail);
    return false;
  }
  const answer = dialog.showMessageBoxSync({
    type: "error",
    message: "Gatehouse had to stop",
    detail: `${detail}\n\nNothing that was waiting has been allowed.`,
    buttons: ["Open again", "Quit"],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return answer === 0;
}
