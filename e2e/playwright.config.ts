import { defineConfig } from "@playwright/test";

/**
 * `daemon`: what foreign clients may rely on, on the built headless daemon; every test has a home, a port and a token
 * of its own, so they run side by side. `desktop`: what a person can do with the app; one desktop, one test at a time,
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
