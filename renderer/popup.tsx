import "./styles/base.css";
import { createRoot } from "react-dom/client";
import { PopupApp } from "./areas/permissions/popup/PopupApp.tsx";
import { loadDesktop } from "./client/desktop.ts";
import { TooltipProvider } from "./ui/Tooltip.tsx";

void loadDesktop();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <TooltipProvider>
      <PopupApp />
    </TooltipProvider>,
  );
}
