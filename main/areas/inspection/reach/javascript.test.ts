import { describe, expect, it } from "vitest";
import { cpuTimeOf } from "../testing/cpu-time.ts";
import { importedBy } from "./javascript.ts";
import { staysBeside } from "./python.ts";

describe("what a script of Node's imports", () => {
  it.each([
    ['import a from "./a.js"', ["./a.js"]],
    ["import { a,\n b } from '../b.js';\nimport './c.css';", ["../b.js", "./c.css"]],
    ['export * from "./a.js"', ["./a.js"]],
    ['const a = require("./a"); await import("./b.mjs");', ["./a", "./b.mjs"]],
    ['import { test } from "node:test"; import fs from "fs/promises"; console.log(import.meta.url)', []],
    ["1 + 1", []],
  ])("%s", (text, files) => expect(importedBy(text)).toEqual(files));

  it.each([
    'import x from "left-pad"',
    'import x from "#internal"',
    'import x from "/etc/x.js"',
    'import x from "file:///x.js"',
    'import x from "https://example.org/x.js"',
    'import x from "data:text/javascript,1"',
    "require(name)",
    "import(name)",
    "import(`./${name}.js`)",
    "const r = require; r('./x')",
    'require("./a" + b)',
    "new Function('x')()",
    "eval(x)",
    "[].constructor.constructor(x)()",
    'import vm from "node:vm"',
    'import { fork } from "child_process"',
    'import { Worker } from "worker_threads"',
    'import module from "node:module"',
    "process.dlopen(x)",
    'process["binding"](1)',
    "\\u0072equire('./x')",
  ])("may be anything: %s", (text) => expect(importedBy(text)).toBeNull());

  it("is read in no time, whatever is in it", () => {
    for (const text of ["import ", "import a ", 'require("', "export {", "from './x' "])
      expect(
        cpuTimeOf(() => void importedBy(text.repeat(20_000))),
        text,
      ).toBeLessThan(500);
  });
});

it("knows which Python stays beside itself", () => {
  for (const text of ["import json\nfrom a.b import c\nprint(open('x').read())", "x = 1"])
    expect(staysBeside(text)).toBe(true);
  for (const text of [
    "import subprocess",
    "import os; os.system('x')",
    "os.popen('x')",
    "exec(x)",
    "__import__(x)",
    "importlib.import_module(x)",
    "sys.path.insert(0, x)",
    "runpy.run_path(x)",
    "pickle.load(x)",
    "os.spawnl(0, x)",
  ])
    expect(staysBeside(text), text).toBe(false);
});
