import { buildSupervisor } from "./supervisor.mjs";

/** What the unit tests need besides the sources. */
export const setup = buildSupervisor;
