/** Puts a bridge with sample data in place: `window.html?scene=many`. Imported before a page's own entry. */
import { fakeBridge } from "../fake-bridge.ts";
import { scenes } from "./scenes.ts";

const query = new URLSearchParams(location.search);
const scene = scenes[query.get("scene") ?? "many"];
if (scene === undefined) throw new Error(`Known scenes: ${Object.keys(scenes).join(", ")}`);

const page = location.pathname.endsWith("popup.html") ? "popup" : "window";
const bridge = fakeBridge(page, scene(), { delayMs: Number(query.get("delay") ?? 0) });
Object.assign(window, { gatehouse: bridge, gallery: bridge });
