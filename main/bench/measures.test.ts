import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";
import { createBenchClient, type BenchClient } from "./client.ts";
import { idleCall, permissions, SECRET_FILE, writeCall } from "./measures.ts";

let daemon: HeadlessDaemon;
let client: BenchClient;
beforeAll(async () => {
  daemon = await startHeadlessDaemon();
  writeFileSync(join(daemon.work, SECRET_FILE), "TOKEN=bench\n");
  client = createBenchClient({ baseUrl: daemon.connection.base_url, token: daemon.glueToken });
});
afterAll(async () => {
  client.close();
  await daemon.remove();
});

it("measures calls that are asked about, allowed and run", async () => {
  expect((await permissions(client, 2, idleCall)).askedToDone).toHaveLength(2);
  expect((await permissions(client, 2, writeCall)).startToDone).toHaveLength(2);
  expect(readdirSync(daemon.work).toSorted()).toEqual([SECRET_FILE, "bench-0.txt", "bench-1.txt"]);
});
