import { BrowserWindow, dialog, shell, type MessageBoxOptions, type WebContents } from "electron";
import { plainText } from "../../areas/notifications/plain-text.ts";
import { openableLink } from "./openable-link.ts";

/** Links come from models and tools, so the person sees the whole address before anything opens. */
export async function offerLink(contents: WebContents, url: string): Promise<void> {
  const link = openableLink(url);
  if (link === null) return;
  const question: MessageBoxOptions = {
    type: "question",
    message: `Open ${link.host} in your browser?`,
    detail: plainText(link.href, 2000),
    buttons: ["Open in browser", "Cancel"],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const parent = BrowserWindow.fromWebContents(contents);
  const { response } = await (parent === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(parent, question));
  if (response === 0) await shell.openExternal(link.href);
}
