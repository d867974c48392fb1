import { describe, expect, it } from "vitest";
import { judgeRound, NO_STREAKS, type ToolRound } from "./guardrails.ts";

function round(fingerprints: string, allFailed = false): ToolRound {
  return { calls: fingerprints.split("+").map((fingerprint) => ({ name: "t", fingerprint })), allFailed };
}

/** "round number: kind action count" of each verdict over all rounds. */
function judge(rounds: readonly ToolRound[]): string[] {
  let streaks = NO_STREAKS;
  return rounds.flatMap((each, index) => {
    const judged = judgeRound(streaks, each);
    streaks = judged.streaks;
    return judged.verdicts.map(({ kind, action, count }) => `${index + 1}: ${kind} ${action} ${count}`);
  });
}

const times = (count: number, each: (index: number) => ToolRound) =>
  Array.from({ length: count }, (_, i) => each(i));

describe("judgeRound", () => {
  it("nudges at the third and halts at the fifth repetition of a call", () => {
    expect(judge(times(5, () => round("a")))).toEqual(["3: repeat nudge 3", "5: repeat halt 5"]);
  });

  it.each([
    ["other arguments", round("b")],
    ["a round of several calls", round("a+a")],
  ])("starts over after %s, with a nudge for the new streak", (_, between) => {
    const verdicts = judge([...times(3, () => round("a")), between, ...times(3, () => round("a"))]);
    expect(verdicts).toEqual(["3: repeat nudge 3", "7: repeat nudge 3"]);
  });

  it("nudges at the third and halts at the sixth round without success", () => {
    const verdicts = judge(times(6, (index) => round(`${index}`, true)));
    expect(verdicts).toEqual(["3: mistakes nudge 3", "6: mistakes halt 6"]);
  });

  it("forgets mistakes at the first success", () => {
    const rounds = times(8, (index) => round(`${index}`, index !== 2 && index !== 5));
    expect(judge(rounds)).toEqual([]);
  });

  it("counts several failing calls in one round as one mistake", () => {
    expect(judge(times(2, (index) => round(`${index}+${index}+${index}`, true)))).toEqual([]);
  });

  it("tells different tools with equal arguments apart", () => {
    const rounds = times(6, (index) => ({
      calls: [{ name: `t${index % 2}`, fingerprint: "{}" }],
      allFailed: false,
    }));
    expect(judge(rounds)).toEqual([]);
  });
});
