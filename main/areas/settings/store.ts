import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { replaceFile } from "../../kernel/replace-file.ts";
import { SettingsFileError, type ParseSettingsFile, type SettingsFile } from "./file.ts";
import { applyJsonEdits, type JsonEdit } from "./json-edits.ts";

export interface LoadedSettings {
  /** As it stands on disk, "" if there is no file. */
  readonly text: string;
  readonly file: SettingsFile;
}

/** What was asked for does not make a settings file; it stays as it was. */
export class UnfitChange extends Error {
  readonly problems: readonly string[];

  constructor(cause: SettingsFileError) {
    super(cause.message, { cause });
    this.name = "UnfitChange";
    this.problems = cause.problems;
  }
}

/** The file settings.json. Contract: all throw SettingsFileError when what is on disk can't be used. */
export interface SettingsStore {
  readonly path: string;
  load(): LoadedSettings;
  /** What `change` would put there. Contract: throws UnfitChange too. */
  preview(edits: (file: SettingsFile) => readonly JsonEdit[]): LoadedSettings;
  /** Reads, changes and replaces the file, one change after the other. The result is what is now on disk. */
  change(edits: (file: SettingsFile) => readonly JsonEdit[]): Promise<LoadedSettings>;
}

export function createSettingsStore(path: string, parse: ParseSettingsFile): SettingsStore {
  let queue: Promise<unknown> = Promise.resolve();

  const load = (): LoadedSettings => {
    const text = readText(path);
    try {
      return { text, file: parse(text) };
    } catch (error) {
      if (!(error instanceof SettingsFileError)) throw error;
      throw new SettingsFileError(`${path} can't be used.\n${error.message}`, { cause: error });
    }
  };

  const preview = (edits: (file: SettingsFile) => readonly JsonEdit[]): LoadedSettings => {
    const now = load();
    const text = applyJsonEdits(now.text.trim() === "" ? "{}\n" : now.text, edits(now.file));
    try {
      return { text, file: parse(text) };
    } catch (error) {
      throw error instanceof SettingsFileError ? new UnfitChange(error) : error;
    }
  };

  const replace = async (edits: (file: SettingsFile) => readonly JsonEdit[]): Promise<LoadedSettings> => {
    const next = preview(edits);
    await replaceFile(path, next.text, { throughLink: true });
    return next;
  };

  return {
    path,
    load,
    preview,
    change(edits) {
      const done = queue.then(() => replace(edits));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

/** Far more than anybody writes there. */
const MAX_BYTES = 4 * 1024 * 1024;

/** What is no file may never end, or begin: a pipe, a device. It is opened without waiting, and not read. */
function readText(path: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(file);
      if (!found.isFile()) throw new Error("it is no file");
      if (found.size > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES / 1024 / 1024} MB`);
      return readFileSync(file, "utf8");
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new SettingsFileError(`${path} can't be read: ${(cause as Error).message}`, { cause });
  }
}
