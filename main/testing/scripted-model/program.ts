import { parseArgs } from "node:util";
import type { Reply } from "./reply.ts";
import { startScriptedModel } from "./server.ts";

/**
 * `node main/testing/scripted-model/program.ts [--port N] [--delay MS] [REPLY …]` serves until it is interrupted. A
 * reply is JSON as in reply.ts, or plain text; the last one is repeated.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: "string", default: "0" }, delay: { type: "string" } },
  });
  const delay = values.delay === undefined ? {} : { delayMs: Number(values.delay) };
  const replies = positionals.map((text): Reply => {
    return text.startsWith("{") ? { ...delay, ...(JSON.parse(text) as Reply) } : { ...delay, text };
  });
  const last = replies.pop() ?? { ...delay, text: "Hello from the scripted model." };
  const model = await startScriptedModel({ port: Number(values.port), otherwise: () => last });
  model.script(...replies);
  process.stdout.write(`OpenAI base URL     ${model.url}/v1\nAnthropic base URL  ${model.url}\n`);
  process.once("SIGINT", () => void model.close());
}

await main();
