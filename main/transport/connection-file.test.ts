import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import {
  isConnectionAlive,
  readConnectionFile,
  removeOwnConnectionFile,
  writeConnectionFile,
} from "./connection-file.ts";

const OURS = { base_url: "http://127.0.0.1:4000", token: "t0ken", pid: process.pid };
const mode = (path: string) => statSync(path).mode & 0o777;

test("is written as Glue clients read it, for its owner alone", async () => {
  const path = join(temporaryFolder(), "glue", "daemon.json");
  await writeConnectionFile(path, OURS);
  expect(readFileSync(path, "utf8")).toBe(
    `{\n  "version": 1,\n  "base_url": "http://127.0.0.1:4000",\n  "token": "t0ken",\n  "pid": ${process.pid}\n}\n`,
  );
  expect([mode(path), mode(dirname(path))]).toEqual([0o600, 0o700]);
  expect(readdirSync(dirname(path))).toEqual(["daemon.json"]);
  expect(readConnectionFile(path)).toEqual({ version: 1, ...OURS });
});

test("replaces what was there, whatever its mode, and follows no link that someone has put there", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "daemon.json");
  const precious = join(folder, "precious");
  writeFileSync(precious, "precious");
  for (const planted of [path, `${path}.tmp`, `${path}.${process.pid}.tmp`]) symlinkSync(precious, planted);
  await writeConnectionFile(path, OURS);
  chmodSync(path, 0o644);
  await writeConnectionFile(path, OURS);
  expect(readFileSync(precious, "utf8")).toBe("precious");
  expect(readConnectionFile(path)?.token).toBe("t0ken");
  expect(mode(path)).toBe(0o600);
});

test.each([
  "",
  "{",
  "[]",
  "null",
  '{"version":2,"base_url":"http://x","token":"t","pid":1}',
  '{"version":1}',
])("%j is no connection", (text) => {
  const path = join(temporaryFolder(), "daemon.json");
  writeFileSync(path, text);
  expect(readConnectionFile(path)).toBeNull();
});

test("only our own file is removed", async () => {
  const path = join(temporaryFolder(), "daemon.json");
  removeOwnConnectionFile(path, OURS.token);
  await writeConnectionFile(path, { ...OURS, token: "another" });
  removeOwnConnectionFile(path, OURS.token);
  expect(existsSync(path)).toBe(true);
  // Two daemons may have been given the same token.
  await writeConnectionFile(path, { ...OURS, pid: process.pid + 1 });
  removeOwnConnectionFile(path, OURS.token);
  expect(existsSync(path)).toBe(true);
  await writeConnectionFile(path, OURS);
  removeOwnConnectionFile(path, OURS.token);
  expect(existsSync(path)).toBe(false);
});

test("is alive only as long as someone answers", async () => {
  const path = join(temporaryFolder(), "daemon.json");
  expect(await isConnectionAlive(path)).toBe(false);
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/v1/health" ? 200 : 500;
    response.end();
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeConnectionFile(path, { ...OURS, base_url });
  expect(await isConnectionAlive(path)).toBe(true);
  await writeConnectionFile(path, { ...OURS, base_url: `${base_url}/elsewhere` });
  expect(await isConnectionAlive(path)).toBe(false);
  await writeConnectionFile(path, { ...OURS, base_url, pid: 2 ** 30 });
  expect(await isConnectionAlive(path)).toBe(false);
});
