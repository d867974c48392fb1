import { create } from "zustand";
import type { Theme } from "../../main/desktop/contract.ts";
import { api } from "./api.ts";

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
  useDesktop.setState({ facts: await api.desktop.getDesktop() });
}
