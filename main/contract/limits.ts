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
export const MAX_JSON_VALUES = 10_000;

/**
 * Escapes of halves of characters (`\\ud83d`) in one JSON text. A pair is a rare character; writing a half that stands alone
 * costs the engine a hundred times what others cost.
 */
export const MAX_JSON_HALVES = 200_000;

/** Of a run's prompt: what fits into a body. */
export const MAX_PROMPT_CHARACTERS = MAX_BODY_BYTES;

/** Of one answer of a model as it comes over the wire; 128,000 tokens with all that servers say around each are 40 MiB. */
export const MAX_ANSWER_BYTES = 64 * MiB;

/** Of what a model server says that is no answer of a model: the list of its models, an error. */
export const MAX_MODEL_LIST_BYTES = 2 * MiB;

/** Large routers list hundreds of models with some fifty facts each. */
export const MAX_MODEL_LIST_VALUES = 100_000;

/** Of the conversation as it is sent to a model; what is longer is condensed first. Two million tokens are 8 MiB. */
export const MAX_MODEL_REQUEST_BYTES = 12 * MiB;

/** Of one event in a model's stream, all its lines together. Some servers send a whole call, or a whole text, in one. */
export const MAX_STREAM_EVENT_BYTES = 4 * MiB;

/** What a model says in one answer: words, thoughts, names and arguments of calls together. */
export const MAX_ANSWER_CHARACTERS = 4 * MiB;

/** Pieces in which one answer comes; each is an event on record. */
export const MAX_ANSWER_PIECES = 250_000;

/** Arguments of one call as JSON: a file of 1 MiB, the largest that a tool writes, of nothing but quotes, and what is said with it. */
export const MAX_ARGUMENTS_CHARACTERS = 2 * MiB + 64 * KiB;

/** The name that a model gives to a tool. */
export const MAX_TOOL_NAME_CHARACTERS = 256;

/** Calls in one answer of a model. They run one after the other, and each may need a person. */
export const MAX_CALLS_PER_ANSWER = 128;

/** Calls in one run. */
export const MAX_CALLS_PER_RUN = 5_000;

/**
 * Of what somebody asks about whose call runs elsewhere: all its texts and names together. More than anybody reads on a card;
 * judging and showing it takes longer the longer it is.
 */
export const MAX_PROPOSAL_CHARACTERS = 128 * KiB;

/** Of a question that an agent puts to a person, with all its choices and fields. More than a card shows without scrolling for long. */
export const MAX_QUESTION_CHARACTERS = 32 * KiB;

/** Of what a person answers in words. */
export const MAX_ANSWER_TEXT_CHARACTERS = 20_000;

/** Of one page of a session: it ends before the message that would make it longer. What alone is longer is a page of its own. */
export const MAX_PAGE_CHARACTERS = MiB;

/** Of one memory. What is longer is a document, and belongs into a file. */
export const MAX_MEMORY_CHARACTERS = 16 * KiB;
export const MAX_MEMORY_TAGS = 20;
export const MAX_TAG_CHARACTERS = 60;

/** Memories that are kept at once. */
export const MAX_MEMORIES = 100_000;

/** Of a file of memories that is taken in: so much is read and parsed in one go. */
export const MAX_IMPORT_CHARACTERS = 4 * MiB;
export const MAX_IMPORT_VALUES = 100_000;
