import "./install.ts";
import "../../main.tsx";
