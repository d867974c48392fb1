import { setTimeout as pause } from "node:timers/promises";
import type { AskedQuestion, Question } from "../../main/areas/questions/contract.ts";
import type { Api } from "../fixtures/api.ts";
import { createNative } from "../fixtures/native.ts";
import { createChance } from "../fixtures/random.ts";
import { expect, test } from "../fixtures/test.ts";

const SEED = Number(process.env["GATEHOUSE_CHAOS_SEED"] ?? Date.now() % 1_000_000_007);
const KILLS = 12;
/** All together are less than one asker may have open. */
const PER_LIFE = 4;
const PREFIX = "/gatehouse/v1/questions";
const given = { choices: ["a", "b"], patienceSeconds: 600, onTimeout: "stay" };

/** What an asker and an answerer were told, by the asker's key. */
interface Known {
  id: string | null;
  /** Told 200 for it. */
  answered: string | null;
  /** What the asker heard. */
  heard: string | null;
}

/** Until the daemon is killed: whoever calls then is told nothing. */
const unlessKilled = async <T>(work: () => Promise<T>): Promise<T | null> => work().catch(() => null);

test("killed while people answer: an answer that was acknowledged is never lost, and nobody hears two", async ({
  start,
}) => {
  test.setTimeout(120_000);
  process.stdout.write(`GATEHOUSE_CHAOS_SEED=${SEED}\n`);
  const chance = createChance(SEED);
  const known = new Map<string, Known>();

  const ask = async (api: Api, key: string) => {
    const { json, status } = await api.post(PREFIX, { text: `What about ${key}?`, key, ...given });
    return status === 200 ? (json as AskedQuestion) : null;
  };
  const hear = (key: string, told: AskedQuestion) => {
    const entry = known.get(key);
    if (entry === undefined) return;
    expect(entry.id ?? told.id, key).toBe(told.id);
    entry.id = told.id;
    if (told.status !== "answered") return;
    expect(entry.heard ?? told.words, key).toBe(told.words);
    entry.heard = told.words;
  };
  const follow = async (api: Api, key: string) => {
    for (;;) {
      const told = await ask(api, key);
      if (told === null) return;
      hear(key, told);
      if (told.status === "answered") return;
      const later = await api.get(`${PREFIX}/${told.id}/answer?waitMs=2000`);
      hear(key, later.json as AskedQuestion);
    }
  };
  const answerAll = async (api: Api) => {
    for (;;) {
      const { questions } = (await api.get(PREFIX)).json as { questions: Question[] };
      for (const question of questions) {
        const value = chance.oneIn(2) ? "a" : "b";
        const answer = { answer: { kind: "choices", values: [value] } };
        const { status } = await api.post(`${PREFIX}/${question.id}/answer`, answer);
        const entry = [...known.values()].find(({ id }) => id === question.id);
        if (status === 200 && entry !== undefined) entry.answered = value;
      }
      await pause(2);
    }
  };

  for (let kill = 0; kill < KILLS; kill += 1) {
    const daemon = await start();
    for (let i = 0; i < PER_LIFE; i += 1)
      known.set(`${kill}.${i}`, { id: null, answered: null, heard: null });
    const askers = [...known]
      .filter(([, { heard }]) => heard === null)
      .map(([key]) => follow(daemon.owner, key));
    const answerers = [1, 2].map(() => answerAll(daemon.owner));
    const all = [...askers, ...answerers].map((work) => unlessKilled(() => work));
    await pause(20 + chance.below(400));
    daemon.kill("SIGKILL");
    await Promise.all([daemon.exited, ...all]);
  }

  const daemon = await start();
  const answers = { answer: { kind: "choices", values: ["a"] } };
  for (const [key, entry] of known) {
    const told = await ask(daemon.owner, key);
    if (told === null) throw new Error(`${key} can't be asked any more`);
    hear(key, told);
    if (entry.answered !== null) {
      expect(told, key).toMatchObject({ status: "answered", words: entry.answered });
    }
    if (entry.heard !== null) {
      const late = await daemon.owner.post(`${PREFIX}/${told.id}/answer`, answers);
      expect(late.status, key).toBe(409);
    }
  }
  const rows = (await createNative(daemon.owner).ledger()).filter(({ outcome }) => outcome === "answered");
  const heard = [...known.values()].filter((entry) => entry.heard !== null);
  expect(rows).toHaveLength(heard.length);
  expect(heard.length).toBeGreaterThan(KILLS);
});
