import "./install.ts";
import "../../popup.tsx";
