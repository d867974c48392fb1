import { join } from "node:path";

/** Where the parts of the built app lie, seen from the bundle of the main process. */
export interface BuiltPlaces {
  readonly pages: string;
  readonly windowPreload: string;
  readonly popupPreload: string;
  readonly resources: string;
  readonly icon: string;
  /** The same where programs other than ours find it. */
  readonly iconForOthers: string;
}

export function builtPlaces(mainFolder: string): BuiltPlaces {
  const resources = join(mainFolder, "../resources");
  return {
    pages: join(mainFolder, "../renderer"),
    windowPreload: join(mainFolder, "../preload/main-window.cjs"),
    popupPreload: join(mainFolder, "../preload/popup.cjs"),
    resources,
    icon: join(resources, "icon.png"),
    iconForOthers: join(resources, "icon.png").replace(/\bapp\.asar\b/, "app.asar.unpacked"),
  };
}
