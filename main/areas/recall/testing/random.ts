/** Chances that are the same in each run. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  below(bound: number): number;
  of<T>(items: readonly [T, ...T[]] | readonly T[]): T;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a row repeat soon.
    return (state >>> 8) / 0x1000000;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    of(items) {
      const found = items[below(items.length)];
      if (found === undefined) throw new Error("there is nothing to choose from");
      return found;
    },
  };
}

/** Each code point by itself. */
export const characters = (text: string): readonly string[] => text.match(/./gsu) ?? [];
