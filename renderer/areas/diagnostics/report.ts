import type { CheckResult } from "../../../main/areas/diagnostics/contract.ts";
import type { Diagnostics } from "./store.ts";

/** Names of people, hosts and secrets that a path or a message may carry. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/(?:\/home|\/Users)\/[^/\s"']+/g, "~"],
  [/\b[A-Za-z]:\\Users\\[^\\\s"']+/g, "~"],
  [/\/root(?=[/\s"']|$)/gm, "~"],
  [/(https?:\/\/)[^\s/@]+@/g, "$1…@"],
  [/\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\b/g, "…@…"],
  [/\b(?:sk|pk|ghp|gho|xox[abp])[-_][\w-]{8,}/g, "…"],
  [/\b(?!(?:run|perm|grant|dec)_)[0-9a-fA-F]{32,}\b/g, "…"],
];

export function redact(text: string): string {
  return patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** What helps somebody else to help, without paths of a home, sessions, clients or keys. */
export function report(diagnostics: Diagnostics, checks: readonly CheckResult[] | null, now: number): string {
  const { runtime, connection, recentErrors, minutes } = diagnostics;
  const sum = (pick: (minute: (typeof minutes)[number]) => number) =>
    minutes.reduce((total, minute) => total + pick(minute), 0);
  const lines = [
    `${runtime.name} ${runtime.version} on ${runtime.platform}`,
    `Node ${runtime.node}${runtime.electron === null ? "" : `, Electron ${runtime.electron}`}`,
    `Up ${Math.round((now - runtime.startedAt) / 60_000)} min, ${mebibytes(runtime.residentBytes)} resident, database ${mebibytes(runtime.databaseBytes)}`,
    `Provider ${runtime.provider}, model ${runtime.model === "" ? "the provider's own" : runtime.model}, coding tools ${runtime.codingEnabled ? "on" : "off"}`,
    `${connection.files.map(({ clients, path }) => `${clients === null ? "Connection file" : `for ${clients}`} ${path === null ? "none" : "written"}`).join(", ")}, token ${connection.tokenSource}`,
    `Last hour: ${sum((m) => m.runsStarted)} runs, ${sum((m) => m.asked)} asked, ${sum((m) => m.answered)} answered, ${sum((m) => m.requests)} requests`,
    "",
    "Checks",
    ...(checks === null
      ? ["  not run"]
      : checks.map(
          ({ name, state, message, tookMs }) => `  ${state} ${name}: ${message} (${Math.round(tookMs)} ms)`,
        )),
    "",
    "Recent errors",
    ...(recentErrors.length === 0
      ? ["  none"]
      : recentErrors.map(
          ({ at, source, message }) => `  ${new Date(at).toISOString()} ${source}: ${message}`,
        )),
  ];
  return redact(`${lines.join("\n")}\n`);
}

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
