/** The SDKs insist on a limit; a day means that only the run's own signal ends a wait. */
export const NO_TIMEOUT_MS = 24 * 60 * 60 * 1000;
