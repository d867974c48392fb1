import { nativeTheme } from "electron";

/** The pages' `--surface`, painted before they are there so that nothing flashes. */
export const pageBackground = () => (nativeTheme.shouldUseDarkColors ? "#17181b" : "#ffffff");
