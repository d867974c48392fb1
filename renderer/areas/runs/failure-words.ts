import type { RunError } from "../../../main/areas/runs/contract.ts";

/** Why a run failed, for a person: what happened, and in small print what was said about it. */
export interface FailureWords {
  readonly title: string;
  readonly detail: string | null;
}

type Telling = (match: RegExpExecArray) => FailureWords;

/** The loop speaks a dialect's words, which clients rely on. Each begins with "loop: ". */
const loopWords: readonly (readonly [RegExp, Telling])[] = [
  [
    /^loop: provider failed after (\d+) attempts: (.*)$/s,
    ([, attempts, said = ""]) => ({
      title: `The model could not be reached, though it was tried ${attempts} times.`,
      detail: said,
    }),
  ],
  [
    /^loop: context window exceeded: (.*)$/s,
    ([, said = ""]) => ({
      title: "The conversation has become longer than this model can take. Start a new session.",
      detail: said,
    }),
  ],
  [
    /^loop: maximum turns exceeded \((\d+)\)$/,
    ([, turns]) => ({ title: `It was stopped after ${turns} turns, as many as it may take.`, detail: null }),
  ],
  [
    /^loop: the same call of "(.*)" was made (\d+) times in a row$/s,
    ([, tool, times]) => ({
      title: `It was stopped: it made the same call of ${tool} ${times} times in a row.`,
      detail: null,
    }),
  ],
  [
    /^loop: the limit of (\$[\d.]+) for a day was reached$/,
    ([, limit]) => ({
      title: `It was stopped: today's runs have reached your limit of ${limit}, and nobody agreed to more.`,
      detail: null,
    }),
  ],
  [
    /^loop: the runs of a day have cost (\$[\d.]+), and nobody wanted more$/,
    ([, mark]) => ({
      title: `It was stopped: today's runs have cost more than ${mark}, and nobody agreed to more.`,
      detail: null,
    }),
  ],
  [
    /^loop: every tool call failed in (\d+) rounds in a row$/,
    ([, rounds]) => ({
      title: `It was stopped: nothing it tried had worked, ${rounds} rounds in a row.`,
      detail: null,
    }),
  ],
];

/** `internal` says nothing to anybody; other codes may help whoever is asked for help. */
export function failureWords({ code, message }: RunError): FailureWords {
  const known = saidByLoop(message);
  if (known !== null) return known;
  return {
    title: message === "" ? "Something went wrong inside." : message,
    detail: code === "internal" ? null : code,
  };
}

/** Words for one message of the loop; null if it is somebody else's. */
export function saidByLoop(message: string): FailureWords | null {
  for (const [pattern, tell] of loopWords) {
    const match = pattern.exec(message);
    if (match !== null) return tell(match);
  }
  return null;
}
