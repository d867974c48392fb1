import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { asking, createHistory } from "./testing/history.ts";
import { createRecallThread } from "./thread.ts";
import type { RecallState } from "./worker.ts";

function started(clock = createFakeClock()) {
  const folder = temporaryFolder();
  const historyFile = join(folder, "gatehouse.db");
  const indexFile = join(folder, "recall.db");
  const history = createHistory(historyFile);
  const states: RecallState[] = [];
  const thread = createRecallThread({ historyFile, indexFile }, clock, {
    onState: (state) => void states.push(state),
  });
  onTestFinished(async () => {
    await thread.close();
    history.db.close();
  });
  return { history, thread, states, clock, indexFile };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => systemClock.after(5, () => resolve(null)));
}

test("answers while it indexes, tells how far it is, and gives back what it was told to forget", async () => {
  const { history, thread, states } = started();
  const insert = history.db.transaction(() => {
    for (let i = 0; i < 30_000; i += 1) history.say(`pebble number${i} ${"and more words ".repeat(8)}`);
  });
  insert();
  history.remove(history.say("a word that goes"));
  thread.follow();
  const early = await thread.ask(asking("pebble"));
  expect(early.hits.length).toBeGreaterThan(0);
  expect(early.missing).toBeGreaterThan(0);
  await until(() => states.at(-1)?.missing === 0);
  expect(states.length).toBeGreaterThan(1);
  expect(thread.state()).toEqual({ indexed: 30_000, missing: 0, followed: 1 });
  expect((await thread.ask(asking("number29999"))).hits).toHaveLength(1);
});

test("ends when it has nothing to do, and the next question starts another", async () => {
  const { history, thread, clock } = started();
  history.say("alpha");
  expect((await thread.ask(asking("alpha"))).hits).toHaveLength(1);
  clock.advance(30_000);
  history.say("beta");
  expect((await thread.ask(asking("beta"))).hits).toHaveLength(1);
});

test("a page that does not exist is refused, and questions are when it is closed", async () => {
  const { history, thread } = started();
  history.say("alpha");
  await expect(thread.ask(asking("alpha", { after: "x" }))).rejects.toMatchObject({
    code: "request.invalid",
  });
  await thread.close();
  await expect(thread.ask(asking("alpha"))).rejects.toMatchObject({ code: "recall.unavailable" });
});

test("an index that is taken away under it is no reason to fail for good", async () => {
  const { history, thread, clock, indexFile } = started();
  history.say("alpha");
  await thread.ask(asking("alpha"));
  clock.advance(30_000);
  for (const end of ["", "-wal", "-shm"]) rmSync(`${indexFile}${end}`, { force: true });
  expect((await thread.ask(asking("alpha"))).hits).toHaveLength(1);
});
