import picomatch from "picomatch";
import { expect, it } from "vitest";
import { globMatcher } from "./glob.ts";

const paths = [
  "a",
  "a.ts",
  ".hidden",
  "a.d.ts",
  "x/a.ts",
  "src/a.ts",
  "src/x/y/a.ts",
  "src/.x/a.tsx",
  "a b",
  "*x",
  "ab.js",
  "3.js",
  "node_modules/x/index.js",
];

it.each([
  "*",
  "**",
  "*.ts",
  "**/*.{ts,tsx}",
  "src/**/*.ts",
  "**/x/**",
  "**/",
  "{a,b}*.js",
  "{1..3}.js",
  "[ab]?.js",
  "[[:alpha:]]*",
  "@(a|b)*",
  "+(a)*",
  "?(x)/a.ts",
  "\\*x",
  "a b",
  ".*",
  "*/a.*",
])("finds with %s what picomatch finds", (glob) => {
  const expected = picomatch(glob, { dot: true, nonegate: true });
  expect(paths.filter(globMatcher(glob))).toEqual(paths.filter((path) => expected(path)));
});

it("is quick on globs that would make a backtracking expression hang", () => {
  const started = Date.now();
  for (const star of ["*a", "?*a", "**/*a", "+(a)*", "{*a,*aa}"]) {
    expect(globMatcher(`${star.repeat(20)}*b`)("a".repeat(255))).toBe(false);
  }
  expect(Date.now() - started).toBeLessThan(5_000);
});

it("refuses what can't be tried in bounded time", () => {
  expect(() => globMatcher("!(a|b).ts")).toThrow("not supported");
});
