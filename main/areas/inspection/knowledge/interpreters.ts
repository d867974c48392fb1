import { runsCode } from "./effects.ts";
import type { Program } from "./form.ts";

/** How a program that runs code is told where the code is. In any other form the code is in the command. */
const interpreter = (names: string, options: string, more: Partial<Program> = {}): Program => ({
  names,
  does: [],
  options,
  runs: { kind: "script" },
  otherwise: runsCode,
  ...more,
});

const shellOptions =
  "-a -e -f -h -l -m -n -u -v -x -B -C -E -H -P -T +-a +-e +-f +-u +-v +-x +-B +-C +-H --norc --noprofile --posix --login --restricted -o: +-o: -O: +-O: -c:code";
const python = "-B -b -d -E -I -O -P -q -R -s -S -u -v -x";
const node =
  "--no-warnings --trace-warnings --no-deprecation --trace-deprecation --throw-deprecation --enable-source-maps --expose-gc --experimental-strip-types --check -c --max-old-space-size?:n --stack-size?:n --unhandled-rejections?:";
const about = "-V -h -v -version";

export const interpreterPrograms: readonly Program[] = [
  interpreter("bash", shellOptions, { runs: { kind: "shell", isPosix: false }, about }),
  interpreter("sh dash ash", shellOptions, { runs: { kind: "shell", isPosix: true }, about }),
  interpreter("zsh ksh mksh", shellOptions.replace(" -c:code", ""), { about }),
  interpreter("fish", "-l -N", { about }),
  interpreter("csh tcsh", "-e -f -v -x", { about }),
  interpreter(
    "nu elvish xonsh tsx ts-node ipython luajit tclsh wish julia groovy scala swift elixir escript runghc",
    "",
    { about },
  ),
  interpreter("pwsh powershell", "", {
    style: "words",
    ignoresCase: true,
    options: "-noprofile -nop -noninteractive -nologo -file:script -f:script",
    runs: { kind: "script", isCode: () => false },
    about,
  }),
  interpreter("cmd erl ghci", "", { runs: { kind: "script", isCode: () => false }, about }),
  interpreter("node nodejs", node, { runs: { kind: "script", commands: "inspect" }, about }),
  interpreter("python pypy", python, { hasVersions: true, about }),
  interpreter("perl", "-w -W -t -T -X", { hasVersions: true, about }),
  interpreter("ruby", "-w", { hasVersions: true, about }),
  interpreter("php", "-n -q -f:script --file:script", { hasVersions: true, about }),
  interpreter("lua", "-E", { hasVersions: true, about }),
  interpreter("osascript", "-l: -s:", { about }),
  interpreter("expect", "-f:script", { about }),
  interpreter("Rscript rscript", "--vanilla", { about }),
  interpreter("R r", "--vanilla --slave --no-echo -f:script", {
    runs: { kind: "script", isCode: () => false },
    about,
  }),
  interpreter("java", "-jar:script", {
    style: "words",
    runs: { kind: "script", isCode: () => false },
    about,
  }),
  {
    names: "deno",
    does: [],
    options: "-q --quiet",
    commands: {
      // Only a path is surely a file: others may be an address or a task.
      run: {
        does: [],
        options: "-q --quiet --check --no-check --no-lock --frozen",
        runs: { kind: "script" },
        check: ({ operands }) => (/^\.{0,2}\//.test(operands[0]?.text ?? "") ? [] : null),
      },
    },
    otherwise: runsCode,
    about,
  },
];
