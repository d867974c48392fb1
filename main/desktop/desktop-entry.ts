export interface StartCommand {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Quoted as the Desktop Entry Specification wants it: first for the command line, then for the file. */
function quoted(argument: string): string {
  const forCommand = argument.replace(/["`$\\]/g, "\\$&").replaceAll("%", "%%");
  return `"${forCommand.replaceAll("\\", "\\\\")}"`;
}

/** A file for the autostart folder of Linux desktops. */
export function desktopEntry({ command, environment }: StartCommand): string {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const words = settings.length === 0 ? command : ["/usr/bin/env", ...settings, ...command];
  const unwritable = words.find((word) => /[\p{Cc}]/u.test(word));
  if (unwritable !== undefined) throw new Error("A path with control characters cannot be started at login.");
  return [
    "[Desktop Entry]",
    "Type=Application",
    "Name=Gatehouse",
    "Comment=One gate for every agent on your machine",
    `Exec=${words.map(quoted).join(" ")}`,
    "Terminal=false",
    "X-GNOME-Autostart-enabled=true",
    "",
  ].join("\n");
}
