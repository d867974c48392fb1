import { create } from "zustand";
import type { Page } from "../../main/contract/define.ts";
import type { desktop, Theme } from "../../main/desktop/contract.ts";
import { client } from "./client.ts";

/** What both pages may ask of the desktop. */
export const desktopCalls = client<typeof desktop, Page>("desktop");

interface DesktopFacts {
  readonly platform: string;
  readonly homePath: string;
  readonly launchAtLogin: boolean;
  readonly launchAtLoginSupported: boolean;
  readonly firstRun: boolean;
  readonly theme: Theme;
}

/** Facts about the shell; null until they are known. */
export const useDesktop = create<{ readonly facts: DesktopFacts | null }>(() => ({ facts: null }));

export async function loadDesktop(): Promise<void> {
  useDesktop.setState({ facts: await desktopCalls.getDesktop() });
}
