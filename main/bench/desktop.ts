import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright";
import { createBenchClient, type BenchClient } from "./client.ts";
import { quantile } from "./measures.ts";
import type { Row } from "./table.ts";

const REQUESTS = 20;
/** A card answers only once it has stood still, and a while after the answer before. */
const GUARD_MS = 1_200;
const milliseconds = (value: number) => `${value.toFixed(0)} ms`;

/** The app itself, in the Electron that GATEHOUSE_ELECTRON names; no rows where there is none. */
export async function desktopRows(): Promise<Row[]> {
  const executablePath = process.env["GATEHOUSE_ELECTRON"];
  if (executablePath === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const home = join(folder, "home");
  const flags = (process.env["GATEHOUSE_ELECTRON_FLAGS"] ?? "").split(" ").filter((flag) => flag !== "");
  const app = await _electron.launch({
    executablePath,
    // No popup comes up over an Inbox that is looked at.
    args: [process.cwd(), ...flags, "--hidden", `--home=${home}`, `--work=${join(folder, "work")}`],
    env: { ...(process.env as Record<string, string>), HOME: folder, XDG_CONFIG_HOME: folder },
  });
  try {
    const popup = await popupOf(app);
    const { base_url: baseUrl, token } = await connection(join(home, "daemon.json"));
    const client = createBenchClient({ baseUrl, token });
    const clicks: number[] = [];
    for (let i = 0; i < REQUESTS; i += 1) clicks.push(await answerByClick(client, popup, i));
    client.close();
    const log = logged(join(home, "logs", "gatehouse.log"));
    const painted = log.filter(({ msg }) => msg === "popup painted").map(({ ms }) => ms);
    const tray = log.find(({ msg }) => msg === "tray ready")?.ms ?? Number.NaN;
    return [
      figure("permission request published, popup painted, p50", median(painted), 150),
      figure("click, tool starts, p50", median(clicks), 20),
      figure("app start, tray ready", tray, 1000),
    ];
  } finally {
    await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

const figure = (what: string, value: number, bar: number): Row => ({
  what,
  value,
  floor: null,
  bar,
  bound: "most",
  format: milliseconds,
});

const median = (values: readonly number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

async function popupOf(app: ElectronApplication): Promise<Page> {
  for (;;) {
    const popup = app.windows().find((page) => page.url().includes("popup"));
    if (popup !== undefined) return popup;
    await app.waitForEvent("window");
  }
}

async function connection(path: string): Promise<{ base_url: string; token: string }> {
  for (const until = Date.now() + 20_000; ;) {
    try {
      return JSON.parse(readFileSync(path, "utf8")) as { base_url: string; token: string };
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Runs in the page, which has names that this program does not know. */
const NOTE_CLICK = `addEventListener("click", (event) => { globalThis.clickedAt = performance.timeOrigin + event.timeStamp; }, { capture: true, once: true })`;

/** From the button's own event in the page to the moment the tool began, by the machine's clock. */
async function answerByClick(client: BenchClient, popup: Page, i: number): Promise<number> {
  const runId = await client.startRun(`bench-${i}`, `/write_file {"path":"bench-${i}.txt","content":"x"}`, {
    detached: true,
  });
  await popup.evaluate(NOTE_CLICK);
  const allow = popup.getByRole("button", { name: /allow once/i });
  await allow.waitFor({ timeout: 10_000 });
  await popup.waitForTimeout(GUARD_MS);
  await allow.click({ timeout: 10_000 });
  let text = "";
  await client.stream(runId, (chunk) => (text += chunk.toString("utf8")));
  const clickedAt = await popup.evaluate(
    () => (globalThis as { clickedAt?: number }).clickedAt ?? Number.NaN,
  );
  return startedAt(text) - clickedAt;
}

/** When the tool began: its end is the first event after the answer, and the answer starts it. */
function startedAt(stream: string): number {
  const settled = /"time":"([^"]+)","type":"permission_settled"/.exec(stream)?.[1];
  return settled === undefined ? Number.NaN : Date.parse(settled);
}

function logged(path: string): { msg: string; ms: number }[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { msg: string; ms: number });
}
