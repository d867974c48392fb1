import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../../testing/temporary-folder.ts";
import { runsFromCopy } from "./script-copy.ts";

const NOWHERE = "/nowhere";

it.each([
  ["sh", 'set -e\nmake -j2 && echo $1 "$@" $? ${HOME} | tee log\n'],
  ["bash", ". ./lib.sh\nfor x in *.c; do gcc $x; done\n"],
  ["/usr/bin/dash", "cd sub && ls\n"],
  ["python3", "import os, json\nfrom pathlib import Path\nprint(Path.cwd())\n"],
  ["python3.11", "print(1)"],
])("runs from a copy: %s %j", (program, text) => expect(runsFromCopy(program, text, NOWHERE)).toBe(true));

it.each([
  ["sh", 'cd "$(dirname "$0")"'],
  ["bash", "cd ${0%/*}"],
  ["bash", 'here=$(dirname "${BASH_SOURCE[0]}")'],
  ["sh", "ls -l /proc/$$/fd"],
  ["python3", "print(__file__)"],
  ["python3", "import argparse"],
  ["python3", "from .part import x"],
  ["python3", "import os, multiprocessing as m"],
  ["node", "console.log(1)"],
  ["perl", "print 1"],
  ["zsh", "echo 1"],
])("is read from where it lies: %s %j", (program, text) => {
  expect(runsFromCopy(program, text, NOWHERE)).toBe(false);
});

it("leaves a script where it lies that imports what stands beside it", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "part.py"), "");
  mkdirSync(join(folder, "package"));
  const text = (module: string) => `import os\nif True:\n    import json as j, ${module} as x\n`;
  expect(runsFromCopy("python3", text("other"), folder)).toBe(true);
  expect(runsFromCopy("python3", text("part"), folder)).toBe(false);
  expect(runsFromCopy("python3", text("package.inner"), folder)).toBe(false);
  expect(runsFromCopy("python3", "from part import x", folder)).toBe(false);
});
