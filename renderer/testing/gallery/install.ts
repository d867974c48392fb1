/** Puts a bridge with sample data in place: `window.html?scene=many&at=runs`. Imported before a page's own entry. */
import { go } from "../../page/navigation.ts";
import { fakeBridge } from "../fake-bridge.ts";
import { playLiveRun } from "./live-run.ts";
import { scenes } from "./scenes.ts";
import { workAnswers, type Amount } from "./work-answers.ts";

const query = new URLSearchParams(location.search);
const scene = scenes[query.get("scene") ?? "many"];
if (scene === undefined) throw new Error(`Known scenes: ${Object.keys(scenes).join(", ")}`);

const page = location.pathname.endsWith("popup.html") ? "popup" : "window";
const work = workAnswers((query.get("work") ?? "many") as Amount);
const bridge = fakeBridge(page, { ...work, ...scene() }, { delayMs: Number(query.get("delay") ?? 0) });
Object.assign(window, { gatehouse: bridge, gallery: bridge });

if (query.has("live")) playLiveRun(bridge, Number(query.get("live")));
const [place, selected = null] = query.get("at")?.split("/") ?? [];
if (place !== undefined) go(place, selected);
