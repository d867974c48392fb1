/**
 * What an agent is told when a person said no more than no. It is no note of that person's: whoever shows a reason to
 * people leaves it out.
 */
export const DENIED_BY_PERSON = "permission denied by the person at the desk";
