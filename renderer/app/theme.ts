import { create } from "zustand";

export type Theme = "system" | "light" | "dark";

const key = "gatehouse.theme";
const isTheme = (value: unknown): value is Theme =>
  value === "system" || value === "light" || value === "dark";

function stored(): Theme {
  const value = localStorage.getItem(key);
  return isTheme(value) ? value : "system";
}

/** A matter of taste of this screen, so it stays in the page and is no setting of the daemon. */
export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: "system" }));

function show(theme: Theme): void {
  useTheme.setState({ theme });
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  show(theme);
}

/** Shows the chosen theme and follows a choice made in the other page. */
export function startTheme(): void {
  show(stored());
  window.addEventListener("storage", (event) => {
    if (event.key === key) show(stored());
  });
}
