import type { Decider } from "../../../contract/decider.ts";
import { visibleLine } from "../../../command/terminal/visible.ts";
import type { LedgerOutcome, PermissionSummary } from "../contract.ts";

const PLACES: Readonly<Record<Exclude<Decider["kind"], "key" | "agent" | "client">, string>> = {
  popup: "in the popup",
  tray: "in the tray menu",
  notification: "in the notification",
  window: "in the window",
  cli: "on the command line",
  api: "over the API",
  policy: "by the settings",
  grant: "by a remembered answer",
  timeout: "because nobody answered in time",
  system: "by Gatehouse",
};

/** What came to an end without anybody's answer, by the name the ledger gives the reason. */
const ENDS: Readonly<Record<string, string>> = {
  "settings file": "by hand, in the settings file",
  asker: "by whoever asked",
  left: "because nobody waited for the answer",
  cancel: "because its run was canceled",
  "cannot run": "without asking, because it could not run",
};

/** "in the popup", `with the key "phone"`. */
export function deciderWords({ kind, name }: Decider): string {
  switch (kind) {
    case "key":
      return `with the key "${visibleLine(name)}"`;
    case "agent":
      return `by the agent ${visibleLine(name)}`;
    case "client":
      return `by a client of ${visibleLine(name)}`;
    case "system":
      return ENDS[name] ?? PLACES.system;
    default:
      return PLACES[kind];
  }
}

/** "allowed in the popup", "withdrawn: the run has ended". */
export function outcomeWords(
  settled: Pick<PermissionSummary, "decidedBy" | "reason"> & { readonly status: LedgerOutcome | "pending" },
): string {
  const { decidedBy } = settled;
  // Why it was withdrawn says by whom, too.
  const isSaid = settled.status === "withdrawn" && Boolean(settled.reason);
  const where = decidedBy === null || isSaid ? "" : ` ${deciderWords(decidedBy)}`;
  const why = settled.reason === null || settled.reason === "" ? "" : `: ${visibleLine(settled.reason)}`;
  return `${settled.status}${where}${why}`;
}

/** "codex", and how it asks unless a run of ours does: "codex (hook)". */
export function fromWords({
  door,
  clientId,
  asker,
}: Pick<PermissionSummary, "door" | "clientId" | "asker">): string {
  const name = visibleLine(clientId.trim() || asker.name) || "unnamed client";
  return door === "run" ? name : `${name} (${door})`;
}
