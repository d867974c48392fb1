/** @typedef {{ passed: number, failed: number }} Result */

/**
 * What vitest's JSON report says. A file that does not even load has no tests to count; it counts as one that failed.
 * @returns {Result}
 */
export function vitestResult(report) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/**
 * What Playwright's JSON report says. A test that passed at the second try has passed; an error outside of any test counts as one.
 * @returns {Result}
 */
export function playwrightResult(report) {
  const { expected, flaky, unexpected } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length };
}

/**
 * @param {Result[]} results
 * @returns {Result}
 */
export function sum(results) {
  return results.reduce(
    (all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }),
    { passed: 0, failed: 0 },
  );
}
