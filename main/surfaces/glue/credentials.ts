import type { AccessScope } from "../../contract/principal.ts";

/**
 * What clients of this dialect do: start, follow and cancel runs, answer for them and have it remembered, read
 * sessions and diagnostics. Nothing here changes settings or makes keys.
 */
export const GLUE_SCOPES: readonly AccessScope[] = ["ask", "follow", "run", "answer", "remember", "read"];

/** Who holds Glue's token. Its clients share it, so their own names for themselves prove nothing. */
export const glueClients = (token: string) => ({
  id: "glue",
  name: "Glue",
  token,
  scopes: new Set(GLUE_SCOPES),
});
