import type { TrayIcon } from "./state.ts";

/** Beyond this the number would not be readable. */
const MAX_SHOWN = 9;

export interface IconPlace {
  readonly platform: NodeJS.Platform;
  /** The bar the icon sits in. Irrelevant on macOS, which colours template images itself. */
  readonly isDarkBar: boolean;
}

/** The icon's file below `resources/tray`; its double-size sibling lies beside it. */
export function trayIconFile(icon: TrayIcon, count: number, { platform, isDarkBar }: IconPlace): string {
  if (platform === "darwin") return `mac/${icon}-Template.png`;
  const size = platform === "win32" ? 16 : 22;
  const number = icon !== "needs-you" ? "" : count > MAX_SHOWN ? "-many" : `-${Math.max(count, 1)}`;
  return `${isDarkBar ? "dark-bar" : "light-bar"}/${icon}${number}-${size}.png`;
}

/** macOS shows numbers as text beside the icon. */
export function trayTitle(count: number): string {
  return count === 0 ? "" : String(count);
}

/** GNOME's bar is dark whatever the theme of applications. */
export function isDarkBar(
  platform: NodeJS.Platform,
  isDarkTheme: boolean,
  desktopName: string | undefined,
): boolean {
  return isDarkTheme || (platform === "linux" && /\b(gnome|unity)\b/i.test(desktopName ?? ""));
}
