import { expect, it } from "vitest";
import { playwrightResult, sum, vitestResult } from "./results.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

it("counts unit tests", () => {
  const testResults = [file("passed", "passed", "passed"), file("failed", "failed", "passed")];
  expect(vitestResult({ numPassedTests: 3, numFailedTests: 1, testResults })).toEqual({
    passed: 3,
    failed: 1,
  });
});

it("counts a test file that does not load as failed", () => {
  const testResults = [file("passed", "passed"), file("failed")];
  expect(vitestResult({ numPassedTests: 1, numFailedTests: 0, testResults })).toEqual({
    passed: 1,
    failed: 1,
  });
});

it("counts end-to-end tests, and errors outside of them", () => {
  const stats = { expected: 5, flaky: 1, unexpected: 2, skipped: 3 };
  expect(playwrightResult({ stats, errors: [{}] })).toEqual({ passed: 6, failed: 3 });
});

it("sums", () => {
  expect(sum([])).toEqual({ passed: 0, failed: 0 });
  expect(
    sum([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});
