import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from "electron";
import type { ImportState } from "../areas/sessions/contract.ts";
import type { SessionId } from "../contract/ids.ts";
import { MAX_PAGE_CHARACTERS } from "../contract/limits.ts";
import { personAt } from "../contract/principal.ts";
import type { DesktopDaemon } from "./daemon.ts";

export interface SessionFiles {
  /** Where it was saved; null when the person wants it nowhere. */
  save(id: SessionId, format: "json" | "markdown"): Promise<string | null>;
  /** What the chosen file holds; null when none was chosen. */
  open(): Promise<ImportState | null>;
}

const person = personAt("window");
const kinds = {
  json: { name: "Session of Gatehouse", extensions: ["json"] },
  markdown: { name: "Markdown", extensions: ["md"] },
};

/** Sessions as files, through the system's own dialogs. Neither way needs the whole file in memory. */
export function createSessionFiles(
  routes: DesktopDaemon["routes"]["sessions"],
  parent: () => BrowserWindow | null,
): SessionFiles {
  const askWhere = (options: SaveDialogOptions) => {
    const window = parent();
    return window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
  };
  const askWhich = (options: OpenDialogOptions) => {
    const window = parent();
    return window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
  };

  const write = async (path: string, id: SessionId, format: "json" | "markdown") => {
    const unfinished = `${path}.part`;
    const file = await open(unfinished, "w", 0o600);
    try {
      let piece = await routes.exportSession({ id, format }, person);
      await file.write(piece.text);
      while (piece.next !== null) {
        piece = await routes.exportSession({ id, format, after: piece.next }, person);
        await file.write(piece.text);
      }
      await file.close();
      await rename(unfinished, path);
    } catch (error) {
      await file.close().catch(() => {});
      await rm(unfinished, { force: true });
      throw error;
    }
  };

  return {
    async save(id, format) {
      const { title } = await routes.getSession({ id }, person);
      const name =
        title
          .replaceAll(/[^\p{L}\p{N} ._-]+/gu, "")
          .trim()
          .slice(0, 60) || "session";
      const kind = kinds[format];
      const { canceled, filePath } = await askWhere({
        defaultPath: `${name}.${kind.extensions[0]}`,
        filters: [kind],
      });
      if (canceled || filePath === "") return null;
      await write(filePath, id, format);
      return filePath;
    },
    async open() {
      const { canceled, filePaths } = await askWhich({ properties: ["openFile"], filters: [kinds.json] });
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      let state = await routes.beginImport({}, person);
      try {
        const stream = createReadStream(path, { encoding: "utf8", highWaterMark: MAX_PAGE_CHARACTERS / 2 });
        for await (const text of stream as AsyncIterable<string>) {
          state = await routes.addToImport({ id: state.id, text }, person);
        }
        return state;
      } catch (error) {
        try {
          await routes.abandonImport({ id: state.id }, person);
        } catch {
          // A file that was refused is given up already.
        }
        throw error;
      }
    },
  };
}
