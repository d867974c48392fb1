/** One turn's tool calls, seen from far enough to tell that a model goes in circles. */
export interface ToolRound {
  readonly calls: readonly { readonly name: string; readonly fingerprint: string }[];
  /** No call of the round succeeded. A denial counts as a failure. */
  readonly allFailed: boolean;
}

/** Rounds in a row: with the same single call, and without any success. */
export interface Streaks {
  readonly repeatedCall: string | null;
  readonly repeats: number;
  readonly mistakes: number;
}

export interface GuardrailVerdict {
  readonly kind: "repeat" | "mistakes";
  readonly action: "nudge" | "halt";
  readonly count: number;
  readonly error: string;
  /** What the model is told at a nudge. */
  readonly advice: string;
}

export const NO_STREAKS: Streaks = { repeatedCall: null, repeats: 0, mistakes: 0 };

const REPEAT = { nudge: 3, halt: 5 };
const MISTAKES = { nudge: 3, halt: 6 };

/** A verdict falls at exact counts, so each streak gets one nudge at most. */
export function judgeRound(
  streaks: Streaks,
  round: ToolRound,
): { readonly streaks: Streaks; readonly verdicts: readonly GuardrailVerdict[] } {
  const next = extendStreaks(streaks, round);
  const verdicts: GuardrailVerdict[] = [];
  const repeatAction = actionAt(next.repeats, REPEAT);
  if (repeatAction !== null)
    verdicts.push(repeatVerdict(round.calls[0]?.name ?? "", next.repeats, repeatAction));
  const mistakesAction = actionAt(next.mistakes, MISTAKES);
  if (mistakesAction !== null) verdicts.push(mistakesVerdict(next.mistakes, mistakesAction));
  return { streaks: next, verdicts };
}

function extendStreaks(streaks: Streaks, round: ToolRound): Streaks {
  const only = round.calls.length === 1 ? round.calls[0] : undefined;
  const repeatedCall = only === undefined ? null : `${only.name} ${only.fingerprint}`;
  const isRepeat = repeatedCall !== null && repeatedCall === streaks.repeatedCall;
  return {
    repeatedCall,
    repeats: isRepeat ? streaks.repeats + 1 : repeatedCall === null ? 0 : 1,
    mistakes: round.allFailed ? streaks.mistakes + 1 : 0,
  };
}

function actionAt(count: number, limits: { nudge: number; halt: number }): "nudge" | "halt" | null {
  if (count === limits.halt) return "halt";
  return count === limits.nudge ? "nudge" : null;
}

function repeatVerdict(tool: string, count: number, action: "nudge" | "halt"): GuardrailVerdict {
  const error = `loop: the same call of ${JSON.stringify(tool)} was made ${count} times in a row`;
  const advice =
    `You have now called ${JSON.stringify(tool)} ${count} times in a row with the same arguments. ` +
    "Calling it again will not bring anything new. Work with the result you have, try a different way, " +
    "or tell the person what you are missing.";
  return { kind: "repeat", action, count, error, advice };
}

function mistakesVerdict(count: number, action: "nudge" | "halt"): GuardrailVerdict {
  const error = `loop: every tool call failed in ${count} rounds in a row`;
  const advice =
    `Nothing you called in the last ${count} rounds has worked. Read the error texts again before the next call, ` +
    "then change your approach. If something was not permitted, do not look for a way around it; " +
    "tell the person what you need and why.";
  return { kind: "mistakes", action, count, error, advice };
}
