import { expect, it } from "vitest";
import { satisfiesLock } from "./dependencies.mjs";

const root = { version: "0.1.0" };
const lock = {
  packages: {
    "": root,
    "node_modules/zod": { version: "4.0.0" },
    "node_modules/for-mac": { version: "1.0.0", optional: true },
  },
};
const withPackages = (packages: object) => ({ packages });

it("accepts what npm installed, without what is for other platforms", () => {
  expect(satisfiesLock(lock, withPackages({ "node_modules/zod": { version: "4.0.0" } }))).toBe(true);
});

it.each([
  ["is missing", {}],
  ["has another version", { "node_modules/zod": { version: "3.9.0" } }],
])("refuses when a package %s", (_what, packages) => {
  expect(satisfiesLock(lock, withPackages(packages))).toBe(false);
});
