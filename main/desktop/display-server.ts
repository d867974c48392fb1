import { app } from "electron";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Under Wayland no program may place its windows, keep one above the others or show one without giving it the
 * keyboard, which is all a popup is about. The X server that Wayland desktops bring along still lets it.
 */
export function preferX11(environment: Environment, platform: NodeJS.Platform = process.platform): void {
  const hasBoth =
    platform === "linux" && Boolean(environment["WAYLAND_DISPLAY"]) && Boolean(environment["DISPLAY"]);
  if (!hasBoth || app.commandLine.hasSwitch("ozone-platform")) return;
  app.commandLine.appendSwitch("ozone-platform", "x11");
}
