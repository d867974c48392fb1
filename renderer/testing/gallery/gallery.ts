/** Shows a real page on sample data: `?page=popup&scene=command`. Not part of what is shipped. */
import type { Page } from "../../../main/contract/define.ts";
import { fakeBridge } from "../fake-bridge.ts";
import { scenes } from "./scenes.ts";

const query = new URLSearchParams(location.search);
const page: Page = query.get("page") === "popup" ? "popup" : "window";
const scene = scenes[query.get("scene") ?? "many"];
if (scene === undefined) throw new Error(`Known scenes: ${Object.keys(scenes).join(", ")}`);

const bridge = fakeBridge(page, scene(), { delayMs: Number(query.get("delay") ?? 0) });
Object.assign(window, { gatehouse: bridge });
const theme = query.get("theme");
if (theme !== null) localStorage.setItem("gatehouse.theme", theme);

await (page === "popup" ? import("../../popup.tsx") : import("../../main.tsx"));
