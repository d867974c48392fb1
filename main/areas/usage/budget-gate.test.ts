import { expect, test } from "vitest";
import type { Question } from "../questions/contract.ts";
import { createCore, turn, until, type Core } from "../../testing/core.ts";
import { createScriptedModel, type ScriptedTurn } from "../runs/loop/testing/scripted-model.ts";
import { AT_POPUP, end, start } from "../runs/testing/start-run.ts";
import type { UsageSettings } from "./contract.ts";

/** Each run of the scripted model "m" has one turn, which costs 3 dollars: 1,000,000 in at 2, 100,000 out at 10. */
const USED = { inputTokens: 1_000_000, outputTokens: 100_000, totalTokens: 1_100_000 };

function spending(settings: Partial<UsageSettings>, db?: Core["db"]): Core {
  const done: ScriptedTurn = [
    { type: "text", delta: "done" },
    { type: "end", stopReason: "stop", usage: USED },
  ];
  return createCore({
    ...(db === undefined ? {} : { db }),
    settings: { usage: { prices: { m: { input: 2, output: 10 } }, ...settings } },
    model: createScriptedModel([done]),
  });
}

const ended = async (core: Core, session = "s1") => end(core, (await start(core, { session })).id);
const asked = (core: Core) => core.questions.pending();

async function waiting(core: Core): Promise<Question> {
  await until(() => asked(core).length === 1);
  const [question] = asked(core);
  if (question === undefined) throw new Error("nobody was asked");
  return question;
}

const answer = (core: Core, question: Question, value: string) =>
  core.questions.answer(question.id, { kind: "choices", values: [value] }, AT_POPUP);

test("without marks nobody is asked", async () => {
  const core = spending({});
  for (let i = 0; i < 5; i += 1) expect(await ended(core)).toMatchObject({ status: "done" });
  expect(core.payloads("questions.asked")).toEqual([]);
});

test("above the first mark a person is asked once; the run waits, goes on, and the day is not spoken of again", async () => {
  const core = spending({ warnPerDay: 5 });
  await ended(core);
  await ended(core);
  const run = await start(core);
  const question = await waiting(core);
  expect(question.text).toBe(
    "Gatehouse asks: today's runs have cost $6.00, and you wanted to be asked above $5.00. May they go on?",
  );
  expect(question.choices.map(({ label }) => label)).toEqual(["Go on today", "End the runs that wait"]);
  expect(core.runs.get(run.id).status).toBe("waiting");
  answer(core, question, "go_on");
  expect(await end(core, run.id)).toMatchObject({ status: "done" });
  expect(await ended(core)).toMatchObject({ status: "done" });
  expect(asked(core)).toEqual([]);
  // Not after a restart either.
  expect(await ended(spending({ warnPerDay: 5 }, core.db))).toMatchObject({ status: "done" });
});

test("at the limit every run waits for the one answer, and a yes is for as much again", async () => {
  const core = spending({ stopPerDay: 6 });
  await ended(core);
  await ended(core);
  const runs = [await start(core, { session: "a" }), await start(core, { session: "b" })];
  const question = await waiting(core);
  await turn();
  expect(asked(core)).toHaveLength(1);
  expect(question.choices[0]?.label).toBe("Go on, up to $12.00 today");
  answer(core, question, "go_on");
  for (const { id } of runs) expect(await end(core, id)).toMatchObject({ status: "done" });
  const next = await start(core);
  answer(core, await waiting(core), "end");
  expect(await end(core, next.id)).toMatchObject({
    status: "failed",
    error: { message: "loop: the limit of $6.00 for a day was reached" },
  });
});

test("no answer is no: declined, expired or asked in vain", async () => {
  const core = spending({ stopPerDay: 3 });
  await ended(core);
  const declined = await start(core);
  core.questions.decline((await waiting(core)).id, undefined, AT_POPUP);
  expect(await end(core, declined.id)).toMatchObject({ status: "failed" });
  const late = await start(core);
  await waiting(core);
  core.clock.advance(3_600_000);
  expect(await end(core, late.id)).toMatchObject({ status: "failed" });
});

test("a run that is canceled takes its question back, and the next one asks anew", async () => {
  const core = spending({ stopPerDay: 3 });
  await ended(core);
  const first = await start(core, { session: "a" });
  const second = await start(core, { session: "b" });
  const question = await waiting(core);
  core.runs.cancel(first.id);
  expect(await end(core, first.id)).toMatchObject({ status: "canceled" });
  expect(asked(core)).toHaveLength(1);
  core.runs.cancel(second.id);
  expect(await end(core, second.id)).toMatchObject({ status: "canceled" });
  expect(core.questions.get(question.id).status).toBe("withdrawn");
  const third = await start(core);
  answer(core, await waiting(core), "go_on");
  expect(await end(core, third.id)).toMatchObject({ status: "done" });
});
