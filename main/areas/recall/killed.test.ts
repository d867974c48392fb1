import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../kernel/sqlite.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createRecallEngine } from "./engine.ts";
import { asking, createHistory } from "./testing/history.ts";
import { createRandom } from "./testing/random.ts";

const fixture = fileURLToPath(new URL("testing/index-until-killed.fixture.ts", import.meta.url));
const COUNT = 40_000;

test("killed at any time while it indexes, the index is behind at worst, and goes on from there", async () => {
  const folder = temporaryFolder();
  const historyFile = join(folder, "gatehouse.db");
  const indexFile = join(folder, "recall.db");
  const history = createHistory(historyFile);
  onTestFinished(() => void history.db.close());
  history.db.transaction(() => {
    for (let i = 0; i < COUNT; i += 1)
      history.say(`pebble number${i} of group${i % 100} ${"words ".repeat(20)}`);
  })();
  const random = createRandom(Date.now());
  let behind = COUNT;
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", fixture, indexFile, historyFile],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await Promise.race([pause(250 + random.below(900)), once(child, "exit")]);
    // What is deleted and said meanwhile comes in between.
    history.remove(1 + round);
    history.say(`late number${COUNT + round}`);
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const engine = createRecallEngine(indexFile, historyFile);
    const { missing } = engine.progress();
    expect(missing).toBeLessThanOrEqual(behind + round + 1);
    behind = missing;
    engine.close();
  }
  const engine = createRecallEngine(indexFile, historyFile);
  while (engine.slice(50));
  expect(engine.progress()).toMatchObject({ indexed: COUNT, missing: 0 });
  for (const i of [7, 100, COUNT - 1, COUNT + 3])
    expect(engine.answer(asking(`number${i}`)).hits, String(i)).toHaveLength(1);
  // What is spelt nearly so may be told instead of what was deleted, itself never.
  const { hits, instead } = engine.answer(asking("number2"));
  expect(hits.length === 0 || instead !== null).toBe(true);
  expect(hits.flatMap(({ snippet }) => snippet.map(({ text }) => text))).not.toContain("number2");
  engine.close();
  const db = connect(indexFile, { timeout: 0 });
  expect(db.pragma("quick_check", { simple: true })).toBe("ok");
  db.exec("INSERT INTO doc_words (doc_words) VALUES ('integrity-check')");
  const count = (sql: string) => db.prepare<[], number>(sql).pluck().get();
  expect(count("SELECT count(*) FROM docs")).toBe(COUNT);
  expect(count("SELECT count(*) FROM doc_words WHERE doc_words MATCH 'pebble'")).toBe(COUNT - 6);
  expect(count("SELECT docs FROM vocabulary WHERE word = 'late'")).toBe(6);
  db.close();
}, 30_000);
