import { fail } from "../../contract/fail.ts";
import type { Principal } from "../../contract/principal.ts";
import { permissions, type Scope } from "./contract.ts";
import { isRememberable } from "./grants.ts";
import type { Waiting } from "./settling.ts";

export interface GivenAnswer {
  readonly decision: "allow" | "deny";
  readonly scope: Scope;
  readonly digest?: string | undefined;
}

/** Contract: throws unless this may be answered so, and by this caller; alone or among many. */
export function checkAnswer(
  { summary, choices, isForPerson }: Waiting,
  { decision, scope, digest }: GivenAnswer,
  by: Principal,
): void {
  if (digest !== undefined && digest !== summary.digest) {
    throw fail(
      permissions,
      "changed",
      "What you answered is not what is being asked. Look at the request again.",
    );
  }
  if (decision !== "allow") return;
  if (isForPerson && by.kind !== "person") {
    throw fail(permissions, "for_person", "Only the person can allow this.");
  }
  if (summary.sight === "none") {
    throw fail(
      permissions,
      "unshown",
      "Not all of this can be shown, so nobody can allow it. It can be denied.",
    );
  }
  if (!isRememberable(scope, choices)) {
    throw fail(permissions, "scope_refused", "This can't be remembered in that way. Look at the choices.");
  }
}
