import { describe, expect, test } from "vitest";
import { until } from "../../testing/core.ts";
import { calls, says } from "../runs/loop/testing/scripted-model.ts";
import { core, end, eventsOf, start, statuses, types } from "../runs/testing/start-run.ts";
import type { Question } from "./contract.ts";
import { AT_POPUP, chosen, text } from "./testing/ask.ts";

const asking = async (args: object) => {
  const made = core([calls(["ask_person", JSON.stringify(args)]), says("done")]);
  const { id } = await start(made);
  await until(() => made.payloads("questions.asked").length > 0);
  const [asked] = made.payloads<Question>("questions.asked");
  if (asked === undefined) throw new Error("nobody was asked");
  return { made, id, asked };
};
const resultOf = (made: Awaited<ReturnType<typeof asking>>["made"], id: Parameters<typeof eventsOf>[1]) => {
  const found = eventsOf(made, id).find((event) => event.type === "tool_end");
  if (found?.type !== "tool_end") throw new Error("no tool has ended");
  return found;
};

describe("ask_person", () => {
  test("makes the run wait, and the model reads the answer", async () => {
    const { made, id, asked } = await asking({ question: "Which branch?", choices: ["main", "release"] });
    expect(made.runs.get(id).status).toBe("waiting");
    expect(asked).toMatchObject({
      runId: id,
      sessionId: "s1",
      clientId: "claude-code",
      workDir: "/code/app",
    });
    made.clock.advance(3_000);
    made.questions.answer(asked.id, chosen("release"), AT_POPUP);
    expect(await end(made, id)).toMatchObject({ status: "done" });
    expect(statuses(made, id)).toEqual(["running", "waiting", "running", "done"]);
    expect(types(made, id)).toEqual(expect.arrayContaining(["question_asked", "question_settled"]));
    expect(eventsOf(made, id)).toContainEqual(
      expect.objectContaining({
        type: "question_settled",
        questionId: asked.id,
        outcome: "answered",
        decidedBy: { kind: "popup", name: "" },
      }),
    );
    expect(resultOf(made, id)).toMatchObject({ result: { content: "release", isError: false } });
  });

  test("asks nobody for what makes no sense, and the model reads why", async () => {
    const made = core([calls(["ask_person", '{"question":"x","choices":["a","a"]}']), says("done")]);
    const { id } = await start(made);
    await end(made, id);
    expect(resultOf(made, id).result).toMatchObject({
      isError: true,
      content: "The question could not be asked. Two choices are the same.",
    });
    expect(made.payloads("questions.asked")).toEqual([]);
  });

  test.each([
    [{ default: "main", choices: ["main", "dev"] }, chosen("main")],
    [{ default: ["a", "b"], choices: ["a", "b"], several: true }, chosen("a", "b")],
    [{ default: "anything" }, text("anything")],
    [
      { default: { n: 1 }, form: { properties: { n: { type: "integer" } } } },
      { kind: "form", fields: { n: 1 } },
    ],
  ])("takes %j as the default", async (args, defaultAnswer) => {
    const { asked } = await asking({ question: "Which?", ...args });
    expect(asked.defaultAnswer).toEqual(defaultAnswer);
  });

  test("a decline is no mistake of the model's", async () => {
    const { made, id, asked } = await asking({ question: "Which branch?" });
    made.questions.decline(asked.id, "not now", AT_POPUP);
    await end(made, id);
    expect(resultOf(made, id).result).toMatchObject({
      isError: false,
      content: "The person declined to answer: not now",
    });
  });

  test("canceling the run withdraws it", async () => {
    const { made, id, asked } = await asking({ question: "Which branch?" });
    made.runs.cancel(id);
    expect(await end(made, id)).toMatchObject({ status: "canceled" });
    expect(made.questions.get(asked.id)).toMatchObject({ status: "withdrawn" });
  });

  test("is the last of the tools", () => {
    const { tools } = core([]);
    expect(tools.list().at(-1)?.info).toMatchObject({ name: "ask_person", requiresPermission: false });
  });
});
