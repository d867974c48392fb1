import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { projectNode } from "./places.mjs";
import { step } from "./progress.mjs";
import { playwrightResult, vitestResult } from "./results.mjs";
import { capture, npmCommand, runInFront, toolEnvironment, toolScript } from "./run.mjs";

/**
 * @typedef {object} Place where the tests of one run keep what is theirs
 * @property {string} folder
 * @property {NodeJS.ProcessEnv} environment
 */

/** Format, lint, types and layers, as one test. Shows what they say only when they say something. */
export async function check(environment) {
  const { command, first, shell } = npmCommand();
  const env = toolEnvironment(environment);
  const { code, output } = await step("Checking", () =>
    capture(command, [...first, "run", "--silent", "check"], { env, shell }),
  );
  if (code === 0) return { passed: 1, failed: 0 };
  process.stdout.write(`${output.trimEnd()}\n`);
  return { passed: 0, failed: 1 };
}

async function counted(title, script, args, env, reportFile, resultOf) {
  const code = await runInFront(projectNode, [script, ...args], { env: toolEnvironment(env) });
  if (!existsSync(reportFile))
    throw new SetupFailure(`The ${title} tests ended with ${code} and without a report.`);
  const result = resultOf(JSON.parse(readFileSync(reportFile, "utf8")));
  if (result.passed + result.failed === 0) throw new SetupFailure(`There are no ${title} tests.`);
  // A runner may have its own reasons to fail.
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

/** Rules, stores, services and surfaces. */
export function unitTests({ folder, environment }) {
  const report = join(folder, "unit.json");
  const args = ["run", "--config", "main/tooling/vitest.config.ts", "--passWithNoTests"];
  args.push("--reporter=dot", "--reporter=json", `--outputFile.json=${report}`);
  return counted("unit", toolScript("vitest"), args, environment, report, vitestResult);
}

/** What a person and a foreign client can do with the running app. */
export function endToEndTests({ folder, environment }, settings) {
  const report = join(folder, "e2e.json");
  const args = [
    "test",
    "--config",
    "e2e/playwright.config.ts",
    "--reporter=list,json",
    "--pass-with-no-tests",
    "--output=dist/test-results",
  ];
  if (!existsSync("e2e/playwright.config.ts")) throw new SetupFailure("There are no end-to-end tests.");
  const env = { ...environment, ...settings, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  return counted(
    "end-to-end",
    toolScript("@playwright/test", "playwright"),
    args,
    env,
    report,
    playwrightResult,
  );
}
