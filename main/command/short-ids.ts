import { CliError, exitCodes } from "./exit-codes.ts";

/** Who asks again and again gets an id that begins like another's soon enough, if fewer tell them apart. */
const MIN_DIGITS = 8;

const digitsOf = (id: string) => id.slice(id.indexOf("_") + 1);

/** The beginning of an id that tells it from the others, without its prefix. */
export function shortId(id: string, others: readonly string[]): string {
  const digits = digitsOf(id);
  const rivals = others.filter((other) => other !== id).map(digitsOf);
  for (let length = MIN_DIGITS; length < digits.length; length += 1) {
    const start = digits.slice(0, length);
    if (!rivals.some((rival) => rival.startsWith(start))) return start;
  }
  return digits;
}

function isTooShort(id: string, wanted: string): boolean {
  const digits = id.startsWith(wanted) ? wanted.length - (id.length - digitsOf(id).length) : wanted.length;
  return digits < Math.min(MIN_DIGITS, digitsOf(id).length);
}

/**
 * The id that a person means by its beginning, with or without prefix; null when there is none. Too few digits, and more
 * than one that begins so, are errors: a wrong guess would answer something else.
 */
export function findById<T extends { readonly id: string }>(items: readonly T[], given: string): T | null {
  const wanted = given.trim().toLowerCase();
  if (wanted === "") return null;
  const matches = items.filter(({ id }) => id.startsWith(wanted) || digitsOf(id).startsWith(wanted));
  const [first, second] = matches;
  if (first === undefined) return null;
  if (matches.every(({ id }) => isTooShort(id, wanted))) {
    throw new CliError(
      `"${given}" is too short: give the first ${MIN_DIGITS} digits of the id, as they are listed.`,
      exitCodes.usage,
    );
  }
  if (second === undefined) return first;
  const ids = matches.slice(0, 5).map(({ id }) =>
    shortId(
      id,
      items.map((item) => item.id),
    ),
  );
  throw new CliError(`"${given}" could be ${ids.join(", ")}. Give more of the id.`, exitCodes.usage);
}
