import { describe, expect, it } from "vitest";
import { programsOf } from "../inspect-command.ts";
import { cpuTimeOf } from "../testing/cpu-time.ts";
import { lookAt, lookAtWords } from "../testing/look.ts";

describe("programs behind others", () => {
  it.each([
    ["env CI=1 nice -n 5 timeout -k 1 5 git status", ["env", "nice", "timeout", "git"]],
    ["/usr/bin/env git status", ["/usr/bin/env", "git"]],
    ["nohup stdbuf -oL setsid time -p npm test", ["nohup", "stdbuf", "setsid", "time", "npm"]],
    ["nice -10 ls", ["nice", "ls"]],
    ["timeout --signal=KILL 5 ls", ["timeout", "ls"]],
    ["sudo git push", ["sudo", "git"]],
    ["env", ["env"]],
    ["env -S ls", ["env"]],
    ["./env git status", ["./env"]],
    ["sh -c ls", ["sh"]],
    ["npx eslint .", ["npx"]],
  ])("%s", (line, programs) => expect(programsOf(line.split(" "))).toEqual(programs));
});

describe("code that is given in the command, or that nobody can find, is allowed only once", () => {
  it.each([
    // shells
    "sh",
    "bash -",
    "sh -s",
    "zsh -ic x",
    "fish --command=x",
    "bash --rcfile evil x.sh",
    "bash -i",
    "busybox sh -c x",
    "cmd /c dir",
    "pwsh -Command x",
    "powershell -EncodedCommand x",
    "pwsh -c x",
    // interpreters
    "node",
    "node -",
    "node -e 1",
    "node -pe 1",
    "node --eval=1",
    "node -r ./x.js y.js",
    "node --import ./x y.js",
    "node --test",
    "node --run build",
    "node inspect x.js",
    "node --inspect x.js",
    "python",
    "python3 -c 1",
    "python3.12 -c 1",
    "python -m http.server",
    "python3 -ic 1",
    "python -Im venv",
    "perl -e 1",
    "perl -ne 1",
    "perl -Mevil x.pl",
    "ruby -e 1",
    "ruby -rx y.rb",
    "php -r 1",
    "php -d auto_prepend_file=x y.php",
    "lua -e 1",
    "osascript -e 1",
    "deno eval 1",
    "deno run -A ./x.ts",
    "deno run https://x.y/z.ts",
    "bun -e 1",
    "bun eval",
    "bun run build",
    "awk BEGIN{system(1)}",
    "java Main",
    "Rscript -e 1",
    // others that run what they are given
    "sudo ls",
    "xargs rm",
    "ssh host ls",
    "find . -ok rm {} ;",
    "tar xf a --checkpoint-action=exec=sh",
    "tar -Ievil -cf a b",
    "rsync -e sh a b",
    "rsync -ae sh a b",
    "vim -c !ls",
    "make --eval=x",
    "make SHELL=/tmp/x",
    "make -f -",
    "go test -exec ./x ./...",
    "go build -toolexec=./x",
    "npm exec -c ls",
    "npm test --script-shell=./x",
    "curl -K x",
    "rg --pre ./x y",
    "sort --compress-program=x",
    "docker run x",
    "git -c alias.x=!sh x",
    "git -ccore.pager=x log",
    "git rebase --exec x",
    "git rebase -x x",
    "git bisect run x",
    "git submodule foreach x",
    "git fetch --upload-pack=x",
    "git grep -Ox y",
    "git clone ext::sh",
    "git difftool",
    "git config core.pager x",
    "git --exec-path=x status",
    "git diff --ext-diff",
    "sed 1e",
    "sed s/a/b/e",
    "sed -f x",
    "sed -n -e p -e w/etc/x",
    "sed s/a/b/w/x",
    "gsed 1,2W x",
    // through wrappers and launchers
    "env bash",
    "env -S bash",
    "timeout 5 node -e 1",
    "timeout -X 5 ls",
    "npx -c ls",
    "npx node -e 1",
    "npx -p evil x",
    "npx",
    "npm exec -- node -e 1",
    "uv run python -c 1",
    "poetry run python -m x",
    "env PATH=. git status",
    "env LD_PRELOAD=x ls",
    "env GIT_SSH_COMMAND=x git fetch",
    "env NODE_OPTIONS=x npm test",
    "npx env NODE_OPTIONS=x eslint",
    "env env env env env env env env env env env env env env env env env env env env env ls",
    "bash -c 'ls",
    "BASH -c rm",
  ])("%s", (line) => {
    const { remember, level } = lookAt(line);
    expect(remember).toBe("once");
    expect(level).not.toBe("low");
  });
});

describe("a script is bound to its content", () => {
  it.each([
    ["bash x.sh", "x.sh"],
    ["bash -eux -o pipefail x.sh -c", "x.sh"],
    ["sh ./run.sh a b", "./run.sh"],
    ["node x.js -e 1", "x.js"],
    ["node --enable-source-maps --max-old-space-size=100 x.js", "x.js"],
    ["python3 -u x.py -c 1", "x.py"],
    ["env DEBUG=1 timeout 5 python x.py", "x.py"],
    ["awk -F : -f x.awk data", "x.awk"],
    ["pwsh -NoProfile -File X.ps1", "X.ps1"],
    ["java -jar x.jar", "x.jar"],
    ["bun run ./x.ts", "./x.ts"],
    ["deno run ./x.ts", "./x.ts"],
    ["timeout 5 ./x.sh", "./x.sh"],
    ["/tmp/git status", "/tmp/git"],
  ])("%s runs %s", (line, path) => {
    expect(lookAt(line)).toMatchObject({ scripts: [path], remember: "narrow", level: "high" });
  });
});

describe("what is known and runs no code of the caller's may be remembered", () => {
  it.each([
    "git status",
    "git push --force origin main",
    "npm test",
    "npm run build",
    "node --version",
    "python -V",
    "ls -la",
    "find . -name x -print",
    "tar xzf a.tgz",
    "sed -n 1,20p x",
    "sed -n /foo/p x",
    "sed s/a/b/g x",
    "sed -i s|a|b| x",
    "sed -E -e 1d -e $d x",
    "env CI=1 ls",
    "awk {print$1} x",
    "awk -F : -vx=1 /a/{n++}END{print(n)} x",
    "/usr/bin/git status",
    "rsync -a x y",
    "bash -c ls",
    "bash -o pipefail -ec ls",
    "find . -exec rm {} ;",
  ])("%s", (line) => expect(lookAt(line).remember).not.toBe("once"));
});

describe("input", () => {
  it("is code where a program goes on with it", () => {
    expect(lookAt("python -V", "x").remember).toBe("once");
    expect(lookAt("node", "x").remember).toBe("once");
    expect(lookAt("bash", "x")).toMatchObject({ remember: "once", level: "high" });
    expect(lookAt("git apply", "x").remember).toBe("narrow");
  });
});

describe("nonsense and size", () => {
  it("is unknown, quickly", () => {
    for (const argv of [[""], ["constructor", "__proto__"], ["\0"], ["-"], [" "], ["git", ""], ["env", ""]])
      expect(lookAtWords(argv).level, argv.join(" ")).not.toBe("low");
    const took = cpuTimeOf(() => {
      for (const program of ["sed", "bash", "git", "npm", "make", "env", "awk"]) {
        const { remember } = lookAtWords([program, "s/".repeat(500_000), `-${"e".repeat(1_000_000)}`]);
        expect(remember, program).toBe("once");
        // Behind these a word with a slash is a script, and bound as such.
        const shorter = lookAtWords([program, "s/".repeat(15_000), `-${"e".repeat(30_000)}`]);
        expect(shorter.remember, program).toBe(["bash", "env"].includes(program) ? "narrow" : "once");
      }
    });
    expect(took).toBeLessThan(5_000);
  }, 60_000);
});
