import type { Decider, PermissionSummary } from "../../areas/permissions/contract.ts";
import { visibleLine } from "./visible.ts";

/** `12 s`, `9 min`, `3 h`, `2 d`: the largest unit that fits, as people say it. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

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
      return name === "settings file" ? "by hand, in the settings file" : PLACES.system;
    default:
      return PLACES[kind];
  }
}

/** "allowed in the popup", "withdrawn by Gatehouse: the run has ended". */
export function outcomeWords(settled: Pick<PermissionSummary, "status" | "decidedBy" | "reason">): string {
  const where = settled.decidedBy === null ? "" : ` ${deciderWords(settled.decidedBy)}`;
  const why = settled.reason === null || settled.reason === "" ? "" : `: ${visibleLine(settled.reason)}`;
  return `${settled.status}${where}${why}`;
}

/** "codex", and how it asks unless a run of ours does: "codex (hook)". */
export function fromWords({
  door,
  clientId,
  asker,
}: Pick<PermissionSummary, "door" | "clientId" | "asker">): string {
  const name = visibleLine(clientId.trim() || asker.name) || "–";
  return door === "run" ? name : `${name} (${door})`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
