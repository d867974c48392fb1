import { Menu, type MenuItemConstructorOptions } from "electron";
import type { ZoomStep } from "./windows/zoom.ts";

/**
 * macOS takes copy, paste and the like from the menu; elsewhere pages have them anyway, and the menu is out of sight
 * until Alt is pressed.
 */
export function setApplicationMenu(zoom: (step: ZoomStep) => void): void {
  const isMac = process.platform === "darwin";
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: "appMenu" as const }] : []),
      { role: "editMenu" },
      { label: "&View", submenu: viewMenu(zoom) },
      ...(isMac ? [{ role: "windowMenu" as const }] : []),
    ]),
  );
}

function viewMenu(zoom: (step: ZoomStep) => void): MenuItemConstructorOptions[] {
  const item = (step: ZoomStep, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id: `zoom-${step}`,
    label,
    accelerator,
    click: () => zoom(step),
  });
  /** The same by another key, for keyboards on which the first one needs a third finger. */
  const also = (step: ZoomStep, accelerator: string): MenuItemConstructorOptions => ({
    ...item(step, "", accelerator),
    id: `zoom-${step}-${accelerator}`,
    visible: false,
    acceleratorWorksWhenHidden: true,
  });
  return [
    item("larger", "&Larger", "CommandOrControl+Plus"),
    also("larger", "CommandOrControl+="),
    also("larger", "CommandOrControl+numadd"),
    item("smaller", "&Smaller", "CommandOrControl+-"),
    also("smaller", "CommandOrControl+numsub"),
    item("actual", "&Actual Size", "CommandOrControl+0"),
    also("actual", "CommandOrControl+num0"),
    { type: "separator" },
    { role: "togglefullscreen" },
  ];
}
