import "./styles/base.css";
import { createRoot } from "react-dom/client";
import { Shell } from "./app/Shell.tsx";
import { startTheme } from "./app/theme.ts";
import { loadDesktop } from "./client/desktop.ts";
import { TooltipProvider } from "./ui/Tooltip.tsx";

startTheme();
void loadDesktop();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <TooltipProvider>
      <Shell />
    </TooltipProvider>,
  );
}
