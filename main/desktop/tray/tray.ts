import { join } from "node:path";
import { Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions } from "electron";
import { isDarkBar, trayIconFile, trayTitle } from "./icon-file.ts";
import { trayModel, type TrayAct, type TrayEntry, type TrayModel, type TraySituation } from "./state.ts";

/** Menus are replaced whole, so a burst of events should replace it once. */
const SETTLE_MS = 50;

const idle: TraySituation = { waiting: [], activeRuns: 0, trouble: null, pausedUntil: null };

export interface TrayControl {
  /** What to show; asked for at most every few milliseconds. */
  follow(situation: () => TraySituation): void;
  changed(): void;
  bounds(): Electron.Rectangle;
  stop(): void;
}

export interface TrayDeps {
  readonly resources: string;
  readonly act: (act: TrayAct) => void;
  /** A plain click, where the platform tells it apart from opening the menu. */
  readonly click: () => void;
}

export function createTray({ resources, act, click }: TrayDeps): TrayControl {
  const iconPath = (model: TrayModel) => {
    const isDark = isDarkBar(
      process.platform,
      nativeTheme.shouldUseDarkColors,
      process.env["XDG_CURRENT_DESKTOP"],
    );
    const place = { platform: process.platform, isDarkBar: isDark };
    return join(resources, "tray", trayIconFile(model.icon, model.count, place));
  };

  let read = () => idle;
  let shown = trayModel(idle);
  let shownIcon = iconPath(shown);
  let timer: NodeJS.Timeout | null = null;
  const tray = new Tray(nativeImage.createFromPath(shownIcon));

  const buildMenu = (entries: readonly TrayEntry[]): Menu =>
    Menu.buildFromTemplate(entries.map((entry) => menuItem(entry, act)));

  const show = (model: TrayModel) => {
    tray.setToolTip(model.tooltip);
    tray.setContextMenu(buildMenu(model.menu));
    if (process.platform === "darwin") tray.setTitle(trayTitle(model.count));
  };

  const refresh = () => {
    timer = null;
    const model = trayModel(read());
    const icon = iconPath(model);
    if (icon !== shownIcon) tray.setImage(nativeImage.createFromPath(icon));
    if (JSON.stringify(model) !== JSON.stringify(shown)) show(model);
    shown = model;
    shownIcon = icon;
  };
  const changed = () => {
    timer ??= setTimeout(refresh, SETTLE_MS);
  };

  show(shown);
  tray.on("click", click);
  nativeTheme.on("updated", changed);

  return {
    follow(situation) {
      read = situation;
      changed();
    },
    changed,
    bounds: () => tray.getBounds(),
    stop() {
      if (timer !== null) clearTimeout(timer);
      nativeTheme.off("updated", changed);
      tray.destroy();
    },
  };
}

/** In menus a lone & marks a key. */
const asLabel = (text: string) => text.replaceAll("&", "&&");

function menuItem(entry: TrayEntry, act: (act: TrayAct) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case "line":
      return { id: entry.id, type: "separator" };
    case "text":
      return { id: entry.id, label: asLabel(entry.label), enabled: false };
    case "item":
      return { id: entry.id, label: asLabel(entry.label), click: () => act(entry.act) };
    case "menu":
      return {
        id: entry.id,
        label: asLabel(entry.label),
        submenu: entry.entries.map((child) => menuItem(child, act)),
      };
  }
}
