import "./styles/base.css";
import { Shell } from "./app/Shell.tsx";
import { startPage } from "./page/start.tsx";
import { startTheme } from "./page/theme.ts";

startTheme();
startPage(<Shell />);
