import { describe, expect, it } from "vitest";
import { lookAt, lookAtShell, lookAtWords } from "../testing/look.ts";

/** Each ran code, or wrote, under a grant that had been given for something harmless. */
describe("no grant for every command covers what runs code or writes by an option, and nobody calls it low", () => {
  it.each([
    "make -sf -",
    "make -f -",
    "make --file=-",
    "make -E x",
    "git rebase -xCMD",
    "git rebase -x CMD main",
    "git rebase --exec=CMD",
    "git -C . bisect run x",
    "git bisect run x",
    "npm --silent exec -- node -e 1",
    "npm exec -- node -e 1",
    "npm -s x cowsay",
    "npm --prefix=/tmp test",
    "npm_config_script_shell=x npm test",
    "go run x.go",
    "go run .",
    "go generate",
    "go env -w GOFLAGS=-toolexec=x",
    "go fmt ./...",
    "go vet -vettool=x",
    "go build -ldflags=-extld=x",
    "git log --output=x",
    "git diff --output x",
    "git show --ext-diff",
    "git grep --open-files-in-pager=x y",
    "git grep -Ox y",
    "git --git-dir=x status",
    "git --work-tree=/ status",
    "git --exec-path=x status",
    "git -c core.fsmonitor=x status",
    "git --config-env=core.pager=X log",
    "git log --outpu=x",
    "git diff --no-ind /etc/passwd x",
    "git fetch ext::sh",
    "git clone ext::sh x",
    "git archive --remote=x main",
    "cargo +evil build",
    "cargo --config x build",
    "sort --compress-program=x y",
    "sort -o package.json y",
    "uniq a b",
    "sed -i../../* s/a/b/ x",
    "sed --in-place=*/../package.json s/a/b/ x",
    "tar xf a --checkpoint-action=exec=x",
    "tar -xf a -I x",
    "rg --pre x y",
    "fd -x rm",
    "find . -fprintf x y",
    "find . -exec sh -c x {} ;",
    "date -s 1970-01-01",
    "hostname x",
    "env -S x",
    "env -i sh",
    "env BASH_ENV=x bash x.sh",
    "xargs -I {} sh -c {}",
    "curl -K x",
    "curl -w @x https://a.b",
    "curl file:///etc/passwd",
    "wget -i x",
    "pip install ./x",
    "npm install ./x",
    "npm install git+ssh://x",
    "pytest -p x",
    "eslint --rulesdir x .",
    "eslint -f ./x.js .",
    "jq -L x .",
    "man -P x y",
    "npm help ls",
    "ps auxe",
    "diff -l a b",
    "printenv --foo",
    "kubectl --kubeconfig x get pods",
    "terraform apply",
    "docker run x",
  ])("%s", (line) => {
    const { remember, level } = lookAt(line);
    expect(remember).not.toBe("wide");
    expect(level).not.toBe("low");
  });
});

describe("what hides in a word is found", () => {
  it.each([
    // A value that stands right behind several letters.
    ["sort -no/root/.ssh/authorized_keys x", "narrow"],
    ["cp -ft/root/.ssh authorized_keys", "narrow"],
    ["mv -ft../.. x", "narrow"],
    ["grep -nf/etc/passwd x", "narrow"],
    ["diff -uX../x y z", "narrow"],
    // Code that names files.
    ["yq load_str('/etc/passwd') x", "once"],
    ['jq -n import"x"as$d{search:"/etc"};$d', "once"],
    ["jq -f x.jq y", "narrow"],
    // A folder becomes a repository, and its settings count from then on.
    ["tee HEAD", "narrow"],
    ["mv x head", "narrow"],
    ["mv x .github", "narrow"],
    ["mv x .vscode", "narrow"],
  ])("%s", (line, remember) => expect(lookAt(line).remember).toBe(remember));

  it("also behind the end of an expression of sed's, which is none inside of brackets", () => {
    for (const script of ["1,/x[/p;s,]/e touch pwned #,,", "$!s/x[/a/;s,]/b/w out,b,", "/[^]/p;s,]/e id #,,"])
      expect(lookAtWords(["sed", "-n", script, "in"]), script).toMatchObject({
        remember: "once",
        level: "high",
      });
  });

  it("also where one command makes a name start another program", () => {
    for (const text of ["hash -p evil cat; cat x", "hash -p evil cat", "bash -c 'hash -p evil cat'"])
      expect(lookAtShell(text), text).toMatchObject({ remember: "once", level: "medium" });
    expect(lookAtShell("hash -r; type -p cat").remember).toBe("wide");
  });

  it("and what surely closes is no hiding place", () => {
    for (const line of ["sed -n /[^a-z]x/p y", "sed s/[[:space:]]*$// x", "sed s,[a-z/]*,b,g x"])
      expect(lookAt(line).remember, line).not.toBe("once");
    expect(lookAt("sed s:[[:space:]]:b: x").remember).toBe("once");
  });
});

describe("abbreviations, unknown letters and unknown places of options are unknown", () => {
  it.each([
    "git status --shor",
    "git --no-page status",
    "git status -sQ",
    "git statu",
    "ls --al",
    "ls -aY",
    "rm --recursiv x",
    "npm instal",
    "npm test --script-shel=x",
    "git --verbose status",
    "git status --no-pager",
    "git commit -mx --no-verif",
    "grep --inclu=x y",
    "head -n",
    "head -n x y",
    "ls --color --sort",
  ])("%s", (line) => {
    const { remember, level } = lookAt(line);
    expect(remember).toBe("once");
    expect(level).not.toBe("low");
  });
});

describe("plain reading and writing is what a grant for every command covers", () => {
  it.each([
    "git status",
    "git status -sb --untracked-files=no",
    "git --no-pager log --oneline -n20 -- src",
    "git log -20 --stat -p main..HEAD",
    "git diff --cached --name-only",
    "git show HEAD:src/a.ts",
    "git add -A",
    "git branch -vv",
    "git -P diff",
    "ls -la src",
    "ls --color=never",
    "cat a b",
    "head -n 20 x",
    "head -20 x",
    "tail -n +5 x",
    "grep -rnI --include=*.ts foo src",
    "grep -e foo -e bar x",
    "rg -n --glob !dist foo",
    "rg -g *.ts -C3 foo src",
    "find . -name *.ts -type f -not -path ./dist/*",
    "find src ( -name a -o -name b ) -print0",
    "find . -type f -exec grep -l foo {} +",
    "wc -l x",
    "sed -n 1,20p x",
    "sed -i s/a/b/ src/x.ts",
    "sed -i.bak s/a/b/ src/x.ts",
    "awk {print} x",
    "jq -r .name package.json",
    "mkdir -p src/new",
    "touch src/x",
    "cp a.ts b.ts",
    "mv a.ts b.ts",
    "tee out.txt",
    "sort -u x",
    "sort -o out.txt x",
    "echo --anything -n",
    "printf %s\\n x",
    "test -f x",
    "[ -f x -a -d y ]",
    "node --version",
    "which node",
    "timeout 10 git status",
    "env LC_ALL=C sort x",
    "time ls",
    "npm ls --depth=0",
    "bash -c ls",
  ])("%s", (line) => expect(lookAt(line).remember).toBe("wide"));
});

describe("what runs the project's code, deletes, or goes over the network is never covered widely", () => {
  it.each([
    "npm test",
    "npm run build --silent",
    "npm run build -- --watch",
    "npm --silent test",
    "git commit -m x",
    "git commit -am x --amend",
    "git push origin main",
    "git push --force-with-lease origin main",
    "git fetch origin",
    "git pull --rebase",
    "git checkout main",
    "git -C sub status",
    "rm x",
    "rm -rf build",
    "cp x package.json",
    "cp x .husky/pre-commit",
    "cp x .husky",
    "tee Makefile",
    "mv x .github/workflows/ci.yml",
    "sort -o Makefile x",
    "cp -r a b",
    "tar xzf a.tgz",
    "curl -fsSL https://example.org/x -o y",
    "cat ../other/x",
    "cat /etc/hosts",
    "git stash pop",
    "kubectl get pods -n prod",
    "kubectl -n prod logs -f x",
    "gh pr list --limit 20",
    "gh pr view 12 --json title",
    "npm view react version",
    "npm outdated",
    "go version",
    "sed -i s/a/b/ package.json",
    "git mv a package.json",
    "cp -t .husky a",
    "cp x node_modules/.bin/eslint",
    "cp x .npmrc",
    "gunzip package.json.gz",
    "git config --get user.name",
    "python3 x.py",
    "nohup ls",
  ])("%s", (line) => expect(lookAt(line).remember).toBe("narrow"));
});

describe("what leads to more than can be known is asked each time, and no alarm by that", () => {
  it.each([
    "npm install",
    "npm install left-pad@1.3.0",
    "yarn lint",
    "pnpm -r test",
    "make",
    "make -C sub -j4 test",
    "go test -run=X -count=1 ./...",
    "go build ./...",
    "cargo test --all-features",
    "pytest -x -k foo tests",
    "npx vitest --run",
    "npx tsc --noEmit",
    "tsc --noEmit -p tsconfig.json",
    "uv run pytest",
    "poetry run pytest -q",
    "bundle exec rspec",
    "yarn list",
    "yarn --version",
    "cargo tree",
    "npm -w app test",
    "npm test --workspaces",
    "npm run build -r",
    "npm ci",
    "pip install -r requirements.txt",
    "eslint .",
    "vitest run",
    "just build",
    "terraform plan",
    "go vet ./...",
    "cargo build --release",
  ])("%s", (line) => expect(lookAt(line).remember).toBe("once"));
});

it("does not read what only the input of git names", () => {
  for (const line of [
    "git cat-file --batch",
    "git cat-file --batch=%(objectsize)",
    "git cat-file -p --batch",
  ])
    expect(lookAt(line, "HEAD:.env").remember, line).toBe("once");
  expect(lookAt("git cat-file --batch-check", "HEAD:.env").remember).toBe("wide");
});

it("does not write into git's own folder unseen", () => {
  for (const line of ["cp x .git/hooks/pre-commit", "tee sub/.git/config", "mv x .git", "touch .GIT/x"])
    expect(lookAt(line), line).toMatchObject({ level: "high" });
  expect(lookAtShell("echo x > .git/config")).toMatchObject({ level: "high" });
  expect(lookAtShell("cd .git/hooks && tee pre-commit")).toMatchObject({ level: "high", remember: "narrow" });
  expect(lookAtShell("cd .git; cd hooks; echo x > pre-commit")).toMatchObject({ level: "high" });
  expect(lookAt("tee config", "[core]", ".git")).toMatchObject({ level: "high", remember: "narrow" });
  expect(lookAtShell("cd .github/workflows && tee a.yml").remember).toBe("narrow");
  expect(lookAt("cp ../../a.yml b.yml", "", ".github/workflows").remember).toBe("narrow");
});

it("discriminates between looking at a service and acting on it", () => {
  for (const line of ["kubectl get pods", "gh pr list", "docker ps", "systemctl status x"])
    expect(lookAt(line).level, line).not.toBe("high");
  for (const line of ["kubectl delete namespace x", "gh repo delete x", "terraform destroy", "docker rm x"])
    expect(lookAt(line), line).toMatchObject({ level: "high", remember: "once" });
});

it("looks at the folder: a repository in a folder below may have settings of its own", () => {
  expect(lookAt("git status").remember).toBe("wide");
  expect(lookAt("git status", "", "sub").remember).toBe("narrow");
  expect(lookAtShell("cd sub && git status").remember).toBe("narrow");
});
