import { readFileSync } from "node:fs";
import * as z from "zod";
import { Theme } from "./contract.ts";
import type { Log } from "../kernel/log.ts";
import { replaceFile } from "../kernel/replace-file.ts";

const Placement = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});
export type Placement = z.infer<typeof Placement>;

/** Chromium's steps: each is a fifth larger than the one before; 0 is the size as designed. */
export const zoomLevels = { smallest: -3, largest: 5 };

const Remembered = z.object({
  firstRunDone: z.boolean().default(false),
  window: Placement.nullable().default(null),
  /** How much larger or smaller than designed the window is, in Chromium's steps. */
  zoomLevel: z.int().min(zoomLevels.smallest).max(zoomLevels.largest).default(0),
  theme: Theme.default("system"),
});
export type Remembered = z.infer<typeof Remembered>;

/** What the shell keeps between starts and nobody edits by hand. */
export interface RememberedStore {
  read(): Remembered;
  change(part: Partial<Remembered>): void;
  /** What was changed is on disk, or has failed. Contract: never rejects. */
  saved(): Promise<void>;
}

/** Contract: a file that is missing, damaged or not writable costs the memory, never the start. */
export function createRemembered(path: string, log: Log): RememberedStore {
  let current = load(path, log);
  let saving = Promise.resolve();
  let isWanted = false;

  const save = async () => {
    isWanted = false;
    try {
      await replaceFile(path, `${JSON.stringify(current, null, 2)}\n`);
    } catch (error) {
      log.warn({ err: error, path }, "what the desktop remembers could not be written");
    }
  };
  return {
    read: () => current,
    change(part) {
      current = { ...current, ...part };
      // Changes that come while one is written share the next write.
      if (!isWanted) saving = saving.then(save);
      isWanted = true;
    },
    saved: () => saving,
  };
}

function load(path: string, log: Log): Remembered {
  try {
    return Remembered.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const isNew = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isNew) log.warn({ err: error, path }, "what the desktop remembers could not be read");
    return Remembered.parse({});
  }
}
