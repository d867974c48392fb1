/**
 * How much may come in at each edge, in one place. Together these keep any single piece of work on the main thread
 * below 50 ms, and what one caller, model or page can make Gatehouse keep within what a disk and a person can bear.
 * What is larger is refused as a whole, in the words of whoever sent it; nothing is cut in silence.
 */

const KiB = 1024;
const MiB = 1024 * KiB;

/**
 * Of one request to any HTTP surface, and of one call of a page. Glue's clients may send prompts of 5 MiB (Glue contract,
 * case 10); parsing, storing and handing on what is larger would each hold the main thread too long.
 */
export const MAX_BODY_BYTES = 6 * MiB;

/** Request line and headers together; beyond it is 431. */
export const MAX_HEAD_BYTES = 16 * KiB;

/** Arrays and objects within each other, in JSON from anywhere. Deeper than any honest call. */
export const MAX_JSON_DEPTH = 200;

/** Commas, brackets and braces of one JSON text from anywhere: what its parsing costs, however short it is. */
export const MAX_JSON_VALUES = 20_000;

/** Of a run's prompt: what fits into a body. */
export const MAX_PROMPT_CHARACTERS = MAX_BODY_BYTES;
