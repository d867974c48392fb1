import type { AccessScope, Principal } from "../../contract/principal.ts";
import type { Authenticate } from "../../transport/surface-kit/surface.ts";

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

/** The dialect has no word for half a right: who has less than its clients need is nobody here. */
export function glueCallers(authenticate: Authenticate): Authenticate {
  const whole = (found: Principal | null): Principal | null =>
    found !== null && GLUE_SCOPES.every((scope) => found.scopes.has(scope)) ? found : null;
  return (request) => {
    const found = authenticate(request);
    return found instanceof Promise ? found.then(whole) : whole(found);
  };
}
