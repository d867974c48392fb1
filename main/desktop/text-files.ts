import { open, stat } from "node:fs/promises";
import { BrowserWindow, dialog } from "electron";
import { fail } from "../contract/fail.ts";
import { MAX_IMPORT_CHARACTERS } from "../contract/limits.ts";
import { desktop } from "./contract.ts";

/** Above the window that asked, as a sheet where the platform has those. */
const parent = (): BrowserWindow | null => BrowserWindow.getFocusedWindow();

/** Writes it where the person says, for the person alone. Answers the path, null if there was none. */
export async function saveText(name: string, text: string): Promise<string | null> {
  const options = { defaultPath: name };
  const window = parent();
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === "") return null;
  try {
    const file = await open(filePath, "w", 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw fail(desktop, "file_refused", "The file could not be written.", { cause });
  }
  return filePath;
}

/** What is in the file that the person chooses; null if that is none. */
export async function openText(): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { properties: ["openFile"] };
  const window = parent();
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : Infinity),
    () => Infinity,
  );
  if (size > MAX_IMPORT_CHARACTERS) {
    throw fail(desktop, "file_refused", "That is no file, or one of more than 4 MiB.");
  }
  const file = await open(path, "r");
  try {
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
