import { useEffect, useState } from "react";
import { asCallError, type CallError } from "../../client/errors.ts";

/** What is asked again with each key that is pressed. */
export interface Latest<Answer> {
  /** Of what was asked last, or while that is on its way, of what was asked before. */
  readonly answer: Answer | null;
  readonly error: CallError | null;
  /** The answer is not yet that to what is asked now. */
  readonly isStale: boolean;
}

/** Keys of one word come faster than this. */
const PAUSE_MS = 40;

/**
 * Asks for what `question` is now; null asks nothing. An answer that comes after something else was asked is dropped,
 * so what is shown never goes back to what was typed before.
 */
export function useLatest<Answer>(
  question: string | null,
  ask: (question: string) => Promise<Answer>,
): Latest<Answer> {
  const [known, setKnown] = useState<{
    readonly question: string;
    readonly answer: Answer | null;
    readonly error: CallError | null;
  } | null>(null);
  useEffect(() => {
    if (question === null) {
      setKnown(null);
      return;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      ask(question).then(
        (answer) => isWanted && setKnown({ question, answer, error: null }),
        (caught: unknown) => isWanted && setKnown({ question, answer: null, error: asCallError(caught) }),
      );
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [question, ask]);
  if (question === null) return { answer: null, error: null, isStale: false };
  return {
    answer: known?.answer ?? null,
    error: known?.question === question ? known.error : null,
    isStale: known?.question !== question,
  };
}
