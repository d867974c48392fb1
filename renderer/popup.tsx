import "./styles/base.css";
import { startPage } from "./page/start.tsx";
import { PopupApp } from "./popup/PopupApp.tsx";

startPage(<PopupApp />);
