import { mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Where lines go. */
export interface LineSink {
  write(line: string): void;
}

/**
 * A file for lines, for its owner alone.
 *
 * Contract: never throws. A line that can't be written, on a full disk for instance, is dropped and counted; the count
 * is written as soon as something can be written again.
 */
export function createLogFile(path: string): LineSink {
  let file: number | null = null;
  let dropped = 0;
  /** The last line was cut off in the middle. */
  let isTorn = false;

  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, "a", 0o600);
  };

  const put = (line: string) => {
    file ??= open();
    const bytes = Buffer.from(isTorn ? `\n${line}` : line);
    const written = writeSync(file, bytes);
    if (written === bytes.length) {
      isTorn = false;
      return;
    }
    isTorn ||= written > 0;
    throw new Error("the line did not fit on the disk");
  };

  return {
    write(line) {
      try {
        if (dropped > 0) {
          const time = new Date().toISOString();
          put(`${JSON.stringify({ level: 40, time, dropped, msg: "lines before this one were lost" })}\n`);
          dropped = 0;
        }
        put(line);
      } catch {
        // There is nowhere to tell: the log is where failures are told.
        dropped += 1;
      }
    },
  };
}
