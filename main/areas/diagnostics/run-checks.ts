import { failed, type Check, type Finding } from "../../kernel/check.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { CheckResult } from "./contract.ts";

const MAX_CHECK_MS = 5000;

/** Contract: never rejects, and ends soon after the time-out whatever a check does. Results are in the order of the list. */
export function runChecks(checks: readonly Check[], clock: Clock): Promise<CheckResult[]> {
  return Promise.all(checks.map((check) => runCheck(check, clock)));
}

async function runCheck(check: Check, clock: Clock): Promise<CheckResult> {
  const startedAt = performance.now();
  const finding = await findWithin(check, clock);
  const tookMs = Math.round((performance.now() - startedAt) * 10) / 10;
  return { name: check.name, title: check.title, ...finding, tookMs };
}

function findWithin(check: Check, clock: Clock): Promise<Finding> {
  const overdue = new AbortController();
  return new Promise((resolve) => {
    const cancelTimer = clock.after(MAX_CHECK_MS, () => {
      overdue.abort();
      resolve(
        failed(
          `No answer within ${MAX_CHECK_MS / 1000} seconds.`,
          "Run the checks again; if it stays, restart Gatehouse.",
        ),
      );
    });
    Promise.resolve()
      .then(() => check.run(overdue.signal))
      .catch((error: unknown) =>
        failed(`The check itself failed: ${reasonOf(error)}`, "The log has the details."),
      )
      .then((finding) => {
        cancelTimer();
        resolve(finding);
      }, resolve);
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
