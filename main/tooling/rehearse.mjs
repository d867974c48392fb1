import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectNode, root } from "./setup/places.mjs";

const LIMIT_MS = 30_000;
const TOKEN = "rehearsal";
const PROMPTS = ["Words that are said back.", '/write_file {"path":"rehearsal.txt","content":"x"}'];

/**
 * Has the built daemon do a little of what it is for, in a home that is thrown away: what V8 compiles for that is kept
 * beside the program, and every later start begins with it.
 *
 * Contract: never fails. A start without it is only slower.
 */
export async function rehearse() {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-rehearsal-"));
  const daemon = spawn(
    projectNode,
    [
      join(root, "dist/main/headless.cjs"),
      "--home",
      join(folder, "home"),
      "--work",
      join(folder, "work"),
      "--metadata",
      join(folder, "daemon.json"),
      "--token",
      TOKEN,
    ],
    { stdio: ["ignore", "pipe", "ignore"], env: { PATH: process.env.PATH, HOME: folder } },
  );
  const exited = once(daemon, "close");
  try {
    const baseUrl = await baseUrlOf(daemon);
    for (const prompt of PROMPTS) await run(baseUrl, prompt, signal);
  } catch {
    // Said above.
  }
  daemon.kill("SIGTERM");
  const killing = setTimeout(() => daemon.kill("SIGKILL"), LIMIT_MS);
  await exited.catch(() => undefined);
  clearTimeout(killing);
  await rm(folder, { recursive: true, force: true });
}

async function baseUrlOf(daemon) {
  for await (const line of createInterface({ input: daemon.stdout })) {
    if (line.startsWith("base_url: ")) return line.slice("base_url: ".length);
  }
  throw new Error("the daemon ended");
}

/** Starts a run and follows it to its end, allowing what it asks for. */
async function run(baseUrl, text, signal) {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const post = (path, body) =>
    fetch(`${baseUrl}${path}`, { method: "POST", headers, body: JSON.stringify(body), signal });
  const { events_url: events } = await (await post("/v1/sessions/rehearsal/runs", { text })).json();
  const stream = await fetch(`${baseUrl}${events}`, { headers, signal });
  let told = "";
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
    const wasAsked = told.includes('"permission_id"');
    told += chunk;
    const asked = /"permission_id":"([^"]+)"/.exec(told);
    if (asked === null || wasAsked) continue;
    await post(`${events.replace(/events$/, "permissions/")}${asked[1]}/decision`, { allow: true });
  }
}
