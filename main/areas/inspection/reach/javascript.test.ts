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
    "process.execve('./x', [], {})",
    "import { run } from 'node:test'; run({ files: ['./x.js'] })",
    "import { DatabaseSync } from 'node:sqlite'; db.loadExtension('./x.so')",
    "require('crypto').setEngine('./x.so')",
  ])("may be anything: %s", (text) => expect(importedBy(text)).toBeNull());

  it("is read in no time, whatever is in it", () => {
    for (const text of ["import ", "import a ", 'require("', "export {", "from './x' "])
      expect(
        cpuTimeOf(() => void importedBy(text.repeat(20_000))),
        text,
      ).toBeLessThan(500);
  });
});

describe("which Python stays beside itself", () => {
  const stays = (text: string) => staysBeside(text, (module) => module === "helper" || module === "modül");

  it.each([
    "import json\nfrom helper.b import c\nprint(open('x').read())",
    "x = 1",
    "import os, sys as s; import helper as h, time  # why",
    "from . import x\nfrom .x import (\n  y,\n)",
    "import asyncio\nasyncio.run(main())",
    "if x:\n    import re\nprint(os.path.join('a'))",
    "from concurrent.futures import ThreadPoolExecutor",
  ])("%s", (text) => expect(stays(text)).toBe(true));

  it.each([
    "import subprocess",
    "import os; os.system('x')",
    "os.popen('x')",
    "os.posix_spawn('./x', ['x'], {})",
    "os.posix_spawnp('./x', ['x'], {})",
    "asyncio.create_subprocess_exec('./x')",
    "asyncio.create_subprocess_shell('./x')",
    "loop.subprocess_exec(P, './x')",
    "exec(x)",
    "__import__(x)",
    "importlib.import_module(x)",
    "sys.path.insert(0, x)",
    "import sys as s; s.path.append('x')",
    "from sys import path",
    "sys.path_hooks.append(x)",
    "runpy.run_path(x)",
    "pickle.load(x)",
    "os.spawnl(0, x)",
    "import timeit\ntimeit.timeit(x)",
    "import unittest",
    "import doctest, json",
    "import json, cProfile",
    "import json as j, pdb as p",
    "import numpy",
    "from pytest import main",
    "import \\\n pytest",
    "x = 1; import trace",
    "if x: import trace",
    "\tfrom trace import Trace",
    "from logging import config",
    "import logging.config; logging.config.dictConfig(x)",
    "from concurrent.futures import ProcessPoolExecutor, process as p; p.multiprocessing",
    "import modül",
    "import ｊｓｏｎ",
    "sqlite3.connect('x').load_extension('./x')",
  ])("not %s", (text) => expect(stays(text)).toBe(false));

  it("is found out in no time, whatever is in it", () => {
    for (const text of [
      "import ",
      "import a as b, ",
      "from a ",
      ";import a",
      "import a,",
      "\nfrom logging import ",
    ])
      expect(
        cpuTimeOf(() => void stays(text.repeat(20_000))),
        text,
      ).toBeLessThan(500);
  });
});
