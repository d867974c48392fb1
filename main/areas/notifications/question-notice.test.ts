import { describe, expect, test } from "vitest";
import {
  choiceSample as choice,
  waitingQuestionSample as question,
} from "../questions/testing/waiting-question.ts";
import type { WaitingQuestion } from "../waiting/contract.ts";
import { comesUp, tellAt } from "./patience.ts";
import { chosenBy, questionNotice } from "./question-notice.ts";

const wording = { privacy: false, sound: false };
const labels = (change: Partial<WaitingQuestion>, privacy = false) =>
  questionNotice(question(change), { ...wording, privacy }).actions.map(({ label }) => label);
const three = [choice("a"), choice("b"), choice("c")];

test("says who asks what where, with the choices as buttons and the way out", () => {
  expect(questionNotice(question(), wording)).toMatchObject({
    key: `question:ques_${"1".repeat(32)}`,
    title: "claude-code asks you",
    body: "Which branch?\nIn /app",
    actions: [
      { action: "choice:0", label: "main" },
      { action: "choice:1", label: "release/2" },
      { action: "decline", label: "Decline" },
    ],
  });
  expect(labels({ choices: three })).toEqual(["a", "b", "c"]);
});

describe("what has to be looked at is not answered here", () => {
  test.each<[string, Partial<WaitingQuestion>]>([
    ["more choices than buttons", { choices: [...three, choice("d")] }],
    ["a choice that says more on its card", { choices: [choice("a"), choice("b", "b", "deletes it")] }],
    ["a choice whose name hides something", { choices: [choice("a"), choice("b\u202e")] }],
    [
      "a choice that reads as a sentence of ours",
      { choices: [choice("a", "Allow `x`, always"), choice("b")] },
    ],
    ["two choices that read the same", { choices: [choice("1", "same"), choice("2", "same")] }],
    ["a choice that reads as another button", { choices: [choice("a", "Decline"), choice("b")] }],
    ["several may be chosen", { isSeveral: true }],
    ["a question that is cut off", { text: "x".repeat(300) }],
    ["words", { choices: [] }],
  ])("%s", (_, change) => expect(labels(change)).toEqual(["Answer…", "Decline"]));

  test("nothing of it is said in private", () => {
    const notice = questionNotice(question({ text: "secret", choices: [choice("secret")] }), {
      ...wording,
      privacy: true,
    });
    expect(JSON.stringify(notice)).not.toContain("secret");
    expect(notice.reply).toBeUndefined();
  });
});

test("words have a field to be written in, where all of the question is said", () => {
  const reply = (change: Partial<WaitingQuestion>) => questionNotice(question(change), wording).reply;
  expect(reply({ choices: [] })).toEqual({ placeholder: "Your answer", label: "Answer" });
  expect(reply({ allowsText: true })).toBeDefined();
  expect(reply({})).toBeUndefined();
  expect(reply({ choices: [], text: "x".repeat(300) })).toBeUndefined();
});

test("a button means its choice and no other", () => {
  expect(chosenBy(question(), "choice:1")).toBe("release/2");
  for (const action of ["choice:2", "choice:-1", "choice:x" as "choice:0", "decline", "show"] as const) {
    expect(chosenBy(question(), action)).toBeNull();
  }
});

test("what is not urgent comes up nowhere by itself; what is urgent is told at once, unless it is in front of the person", () => {
  expect(comesUp(question({ urgency: "low" }))).toBe(false);
  expect(comesUp(question())).toBe(true);
  const desk = { isPopupUp: true, isInFront: false, answeredAt: 0 };
  expect(tellAt(question({ askedAt: 5 }), desk)).toBe(20_005);
  expect(tellAt(question({ askedAt: 5, urgency: "high" }), desk)).toBe(5);
  expect(tellAt(question({ askedAt: 5, urgency: "high" }), { ...desk, isInFront: true })).toBe(20_005);
});
