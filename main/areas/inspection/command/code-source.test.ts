import { describe, expect, it } from "vitest";
import { parseCommand } from "./code-source.ts";

const source = (line: string, hasInput = false) => {
  const { code } = parseCommand(line.split(" "), hasInput);
  return code.kind === "script" ? `script ${code.path}` : code.kind;
};

describe("parseCommand", () => {
  it.each([
    ["env FOO=1 nice -n 5 timeout -k 1 5 git status", "git", ["env", "nice", "timeout"]],
    ["/usr/bin/env git status", "git", ["env"]],
    ["nohup stdbuf -oL setsid time -p npm test", "npm", ["nohup", "stdbuf", "setsid", "time"]],
    ["nice -10 ls", "ls", ["nice"]],
    ["timeout --signal=KILL 5 ls", "ls", ["timeout"]],
    ["sudo git push", "sudo", []],
    ["env", "env", []],
    ["./env git status", "./env", []],
  ])("unwraps %s", (line, program, wrappers) => {
    expect(parseCommand(line.split(" "))).toMatchObject({ program, wrappers });
  });

  it.each([
    // shells
    "sh",
    "bash -",
    "bash -c ls",
    "bash -lc ls",
    "bash -o pipefail -ec ls",
    "sh -s",
    "zsh -ic x",
    "fish --command=x",
    "bash --rcfile evil x.sh",
    "bash -i",
    "/bin/bash -c ls",
    "BASH -c ls",
    "bash.exe -c ls",
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
    "find . -exec rm {} ;",
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
  ])("finds code that is given inline: %s", (line) => expect(source(line)).toBe("inline"));

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
    ["npx tsx x.ts", "x.ts"],
    ["timeout 5 ./x.sh", "./x.sh"],
    ["/tmp/git status", "/tmp/git"],
  ])("finds the script: %s", (line, path) => expect(source(line)).toBe(`script ${path}`));

  it.each([
    "git status",
    "git push --force origin main",
    "npm test",
    "npm run build",
    "make test",
    "make -j4",
    "go test ./...",
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
    "npx eslint .",
    "cargo test",
    "env FOO=1 ls",
    "awk {print$1} x",
    "awk -F : -vx=1 /a/{n++}END{print(n)} x",
    "/usr/bin/git status",
    "rsync -a x y",
    "bun install",
  ])("leaves alone what runs no code of the caller's: %s", (line) => expect(source(line)).toBe("none"));

  it("takes input as code where a program goes on with it", () => {
    expect(source("python -V", true)).toBe("inline");
    expect(source("node", true)).toBe("inline");
    expect(source("git apply", true)).toBe("none");
  });

  it("tolerates nonsense and size", () => {
    expect(parseCommand([]).program).toBe("");
    expect(parseCommand([""]).code.kind).toBe("none");
    expect(parseCommand(["constructor", "__proto__"]).code.kind).toBe("none");
    const started = performance.now();
    for (const program of ["sed", "bash", "git", "npm", "make", "env", "awk"]) {
      parseCommand([program, "s/".repeat(500_000), `-${"e".repeat(1_000_000)}`]);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
