/**
 * What is no larger is read and written at once: a trip through the thread pool and back takes longer than the system
 * does. Anything larger goes there, so that nobody waits for it.
 */
export const SMALL_BYTES = 64 * 1024;
