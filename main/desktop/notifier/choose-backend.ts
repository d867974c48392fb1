import type { Log } from "../../kernel/log.ts";
import type { NoticeBackend, OnNoticeAction } from "./backend.ts";
import { createFreedesktopBackend, type NoticeIcon } from "./freedesktop.ts";
import { createNodeNotifierBackend } from "./node-notifier.ts";
import { sessionBusAddress } from "./session-bus-address.ts";

export interface BackendDeps {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly icon: NoticeIcon | null;
  readonly iconPath: string;
  readonly appId: string;
  readonly onAction: OnNoticeAction;
  readonly log: Log;
}

/** node-notifier has no buttons on Linux, so there the desktop's own service is asked where it can be reached. */
export function chooseBackend(deps: BackendDeps): NoticeBackend {
  const { platform, environment, icon, iconPath, appId, onAction, log } = deps;
  const address = platform === "linux" ? sessionBusAddress(environment) : null;
  if (address !== null) return createFreedesktopBackend({ address, icon, onAction, log });
  const load = async () => (await import("node-notifier")).default;
  return createNodeNotifierBackend({ load, platform, iconPath, appId, onAction, log });
}
