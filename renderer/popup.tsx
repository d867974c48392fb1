import "./styles/base.css";
import { createRoot } from "react-dom/client";
import { startTheme } from "./app/theme.ts";
import { PopupApp } from "./areas/permissions/popup/PopupApp.tsx";
import { loadDesktop } from "./client/desktop.ts";
import { TooltipProvider } from "./ui/Tooltip.tsx";

startTheme();
void loadDesktop();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <TooltipProvider>
      <PopupApp />
    </TooltipProvider>,
  );
}
