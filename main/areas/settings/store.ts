import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, realpath, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseSettingsFile, SettingsFileError, type SettingsFile } from "./file.ts";

export interface LoadedSettings {
  /** As it stands on disk, "" if there is no file. */
  readonly text: string;
  readonly file: SettingsFile;
}

/** The file settings.json. Contract: `load` and `change` throw SettingsFileError when what is on disk can't be used. */
export interface SettingsStore {
  readonly path: string;
  load(): LoadedSettings;
  /** Reads, changes and replaces the file, one change after the other. The result is what is now on disk. */
  change(edit: (file: SettingsFile) => SettingsFile): Promise<LoadedSettings>;
}

export function createSettingsStore(path: string): SettingsStore {
  let queue: Promise<unknown> = Promise.resolve();

  const load = (): LoadedSettings => {
    const text = readText(path);
    try {
      return { text, file: parseSettingsFile(text) };
    } catch (error) {
      if (!(error instanceof SettingsFileError)) throw error;
      throw new SettingsFileError(`${path} can't be used.\n${error.message}`, { cause: error });
    }
  };

  const replace = async (edit: (file: SettingsFile) => SettingsFile): Promise<LoadedSettings> => {
    const text = `${JSON.stringify(edit(load().file), null, 2)}\n`;
    const file = parseSettingsFile(text);
    await writeAtomically(path, text);
    return { text, file };
  };

  return {
    path,
    load,
    change(edit) {
      const done = queue.then(() => replace(edit));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new SettingsFileError(`${path} can't be read: ${(cause as Error).message}`, { cause });
  }
}

/** A reader sees the old file or the new one, and a link that someone keeps in place of the file stays a link. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.settings.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
