import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { withoutOwnSettings } from "./setup/test-environment.mjs";

// Workers inherit this process's environment: what is deleted here, no test can see.
for (const name of Object.keys(process.env)) {
  if (!(name in withoutOwnSettings(process.env))) delete process.env[name];
}

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["main/**/*.test.ts", "preload/**/*.test.ts", "renderer/**/*.test.{ts,tsx}"],
    pool: "forks",
    globalSetup: "main/tooling/setup/unit-tests.mjs",
    env: { GATEHOUSE_TEST: "1" },
  },
});
