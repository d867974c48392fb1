import { parseArgs } from "node:util";

/** What the desktop app takes on its command line; everything else there is Chromium's business. */
export interface DesktopFlags {
  readonly home: string | undefined;
  readonly listen: string;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly metadata: string | undefined;
  readonly settings: string | undefined;
  readonly work: string | undefined;
  readonly permissionTimeout: string | undefined;
  /** Comes up in the tray alone. */
  readonly hidden: boolean;
}

const OPTIONS = {
  home: { type: "string" },
  listen: { type: "string" },
  token: { type: "string" },
  "token-file": { type: "string" },
  metadata: { type: "string" },
  settings: { type: "string" },
  work: { type: "string" },
  "permission-timeout": { type: "string" },
  hidden: { type: "boolean" },
} as const;

export function parseFlags(args: readonly string[]): DesktopFlags {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true });
  const text = (value: string | boolean | undefined) => (typeof value === "string" ? value : undefined);
  return {
    home: text(values.home),
    listen: text(values.listen) ?? "127.0.0.1:0",
    token: text(values.token),
    tokenFile: text(values["token-file"]),
    metadata: text(values.metadata),
    settings: text(values.settings),
    work: text(values.work),
    permissionTimeout: text(values["permission-timeout"]),
    hidden: values.hidden === true,
  };
}
