import { defineConfig } from "@playwright/test";

/** What measures how long the main thread is held. */
const holds = "conformance/hostile/holds*.spec.ts";

/**
 * `daemon`: what foreign clients may rely on, on the built headless daemon; every test has a home, a port and a token
 * of its own, so they run side by side; `holds` of them alone. `desktop`: what a person can do with the app; one desktop, one test at a time,
 * and only where tray and notifications can be worked from outside, which is on Linux.
 */
export default defineConfig({
  forbidOnly: Boolean(process.env["CI"]),
  fullyParallel: true,
  outputDir: "../dist/test-results",
  preserveOutput: "failures-only",
  timeout: 30_000,
  workers: 2,
  projects: [
    {
      name: "daemon",
      testDir: ".",
      testMatch: ["conformance/**/*.spec.ts", "chaos/**/*.spec.ts"],
      testIgnore: holds,
    },
    {
      name: "holds",
      testDir: ".",
      testMatch: holds,
      // What a thread takes is counted, and that is more beside somebody else's work.
      dependencies: ["daemon"],
      fullyParallel: false,
      workers: 1,
    },
    {
      name: "desktop",
      testDir: "specs",
      testMatch: process.platform === "linux" ? "**/*.spec.ts" : [],
      fullyParallel: false,
      workers: 1,
    },
  ],
});
