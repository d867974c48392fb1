import Database from "better-sqlite3";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Deletion, Session } from "../../main/areas/sessions/contract.ts";
import type { Answer } from "../fixtures/api.ts";
import type { Daemon, DaemonPlace } from "../fixtures/daemon.ts";
import { eventually } from "../fixtures/eventually.ts";
import { sessionFile } from "../fixtures/session-file.ts";
import { expect, test } from "../fixtures/test.ts";

const MESSAGES = 6_000;
const SHARED = 1_500;
const KILLS = 4;
/** A deletion can be taken back for as long. */
const UNDO_MS = 15_000;

const PREFIX = "/gatehouse/v1";

const json = <T>({ status, json: body, text }: Answer): T => {
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return body as T;
};
const post = async <T>(daemon: Daemon, path: string, body: object) =>
  json<T>(await daemon.owner.post(PREFIX + path, body));
const get = async <T>(daemon: Daemon, path: string) => json<T>(await daemon.owner.get(PREFIX + path));

async function importSession(daemon: Daemon, file: string): Promise<string> {
  const { id } = await post<{ id: string }>(daemon, "/session-imports", {});
  for (let from = 0; from < file.length; from += 500_000) {
    await post(daemon, `/session-imports/${id}/parts`, { text: file.slice(from, from + 500_000) });
  }
  return (await post<Session>(daemon, `/session-imports/${id}/finish`, {})).id;
}

/** Beside the daemon, which writes on. */
function stored({ home }: DaemonPlace): number {
  const nativeBinding = process.env["GATEHOUSE_SQLITE_BINDING"];
  const db = new Database(join(home, "gatehouse.db"), {
    readonly: true,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  try {
    return Number(db.prepare("SELECT count(*) FROM messages").pluck().get());
  } finally {
    db.close();
  }
}

test("a deletion of a long session goes on after each kill, and a fork keeps what it shares", async ({
  start,
  place,
}) => {
  test.setTimeout(180_000);
  let daemon = await start();
  const id = await importSession(daemon, sessionFile(MESSAGES));
  const fork = await post<Session>(daemon, `/sessions/${id}/fork`, { index: SHARED - 1 });
  const { deleted } = await post<{ deleted: Deletion[] }>(daemon, "/sessions/delete", { ids: [id] });
  daemon.kill("SIGKILL");
  await daemon.exited;
  daemon = await start();
  expect((await daemon.owner.get(`${PREFIX}/sessions/${id}`)).status).toBe(404);
  await post(daemon, "/sessions/restore", { deletions: [deleted[0]?.id] });
  expect((await get<Session>(daemon, `/sessions/${id}`)).messageCount).toBe(MESSAGES);

  await post(daemon, "/sessions/delete", { ids: [id] });
  await pause(UNDO_MS);
  const left: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(60 + kill * 40);
    daemon.kill("SIGKILL");
    await daemon.exited;
    daemon = await start();
    const { total, messages } = await get<{ total: number; messages: { index: number }[] }>(
      daemon,
      `/sessions/${fork.id}/messages?from=${SHARED - 3}&limit=10`,
    );
    expect([total, messages.map(({ index }) => index)]).toEqual([
      SHARED,
      [SHARED - 3, SHARED - 2, SHARED - 1],
    ]);
    left.push(stored(place));
  }
  // It was killed in the middle of it, or this says nothing.
  expect(left.some((count) => count > SHARED && count < MESSAGES)).toBe(true);
  await eventually(
    () => Promise.resolve(stored(place)),
    (count) => count === SHARED,
    30_000,
  );
  expect((await daemon.owner.get(`${PREFIX}/sessions/${id}`)).status).toBe(404);
  const file = await get<{ text: string }>(daemon, `/sessions/${fork.id}/export`);
  expect(file.text).toContain("message 0 of a long talk");
});
