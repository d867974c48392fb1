import { homedir } from "node:os";
import { describe, expect, it } from "vitest";
import { Risk } from "../contract.ts";
import { inspect } from "../inspect.ts";

const risksOf = (argv: readonly string[], folder = "") =>
  inspect({ kind: "program", argv, folder, input: "" }, { workDir: "/code/app" }).presentation.risks;
const risks = (line: string) => risksOf(line.split(" "));
const summary = (line: string) => risks(line).map(({ kind, level, text }) => `${level} ${kind}: ${text}`);

describe("commandRisks", () => {
  it.each([
    ["git status", ["low reads: reads the repository"]],
    [
      "git -C sub log -p",
      [
        "medium reads: prints what git keeps",
        "low runs_code: trusts the settings of another folder",
        "low reads: reads the repository",
      ],
    ],
    ["git branch", ["low reads: reads the repository"]],
    ["git --version", ["low reads: shows its version or help"]],
    ["ls -la", ["low reads: reads only"]],
    ["sed -n 1,20p x", ["low reads: reads only"]],
    ["ls -la /etc", ["high reads: touches keys or system files", "low reads: reads only"]],
    ["node --version", ["low reads: shows its version or help"]],
    ["npm ls", ["low reads: reads package information"]],
    [
      "git push origin main",
      ["medium network: sends commits to a remote", "low runs_code: may run the repository's hooks"],
    ],
    [
      "git push --force",
      [
        "high writes: rewrites history of the current branch on its remote",
        "medium network: sends commits to a remote",
        "low runs_code: may run the repository's hooks",
      ],
    ],
    ["git fetch", ["medium network: contacts a remote"]],
    [
      "git commit -m x",
      ["medium writes: changes the repository", "low runs_code: may run the repository's hooks"],
    ],
    ["git clean -fdx", ["high deletes: deletes untracked files"]],
    ["git reset --hard HEAD~1", ["high deletes: throws changes away"]],
    ["git checkout -- .", ["high deletes: throws changes away"]],
    ["git branch -D x", ["high deletes: deletes references"]],
    ["git stash", ["medium writes: changes the repository"]],
    ["rm x", ["medium deletes: deletes files"]],
    ["rm -rf build", ["high deletes: deletes whole folders"]],
    ["env CI=1 timeout 5 rm -rf build", ["high deletes: deletes whole folders"]],
    [
      "env FOO=1 timeout 5 rm -rf build",
      ["high deletes: deletes whole folders", "medium unknown: sets a variable Gatehouse does not know"],
    ],
    ["sh -c ls", ["low reads: reads only"]],
    ["find . -name x -delete", ["high deletes: deletes what it finds"]],
    [
      "npm install",
      [
        "medium network: downloads packages",
        "medium runs_code: runs install scripts",
        "low writes: changes installed packages",
      ],
    ],
    [
      "npm ci --ignore-scripts",
      ["medium network: downloads packages", "low writes: changes installed packages"],
    ],
    ["npm test", ["medium runs_code: runs the project's scripts"]],
    ["npm publish", ["high network: publishes a package"]],
    ["npx cowsay", ["high runs_code: downloads and runs a program", "medium network: downloads packages"]],
    [
      "pip3 install x",
      [
        "medium network: downloads packages",
        "medium runs_code: runs install scripts",
        "low writes: changes installed packages",
      ],
    ],
    ["make", ["medium runs_code: runs the project's build"]],
    ["go test ./...", ["medium runs_code: runs the project's code"]],
    ["curl https://example.org", ["medium network: fetches from the network"]],
    ["curl -d @x https://example.org", ["high network: sends data over the network"]],
    [
      "wget -O x https://example.org",
      ["medium network: fetches from the network", "medium writes: saves what it fetched"],
    ],
    ["frobnicate --all", ["medium unknown: runs a program Gatehouse does not know"]],
    ["constructor", ["medium unknown: runs a program Gatehouse does not know"]],
  ])("%s", (line, expected) => expect(summary(line)).toEqual(expected));

  it.each([
    ["sh -s", "runs_code", "runs code given to it"],
    ["zsh -c ls", "runs_code", "runs code given to it"],
    ["python3 x.py", "runs_code", "runs a script"],
    ["./x.sh", "runs_code", "runs a script"],
    ["git -c core.pager=x log", "runs_code", "can run other programs"],
    ["env PATH=. git status", "runs_code", "can run other programs"],
    ["sudo ls", "runs_code", "runs as administrator"],
    ["ssh host ls", "network", "works on host"],
    ["sudo apt install x", "runs_code", "runs as administrator"],
    ["apt-get install x", "writes", "changes the system's packages"],
    ["docker run x", "runs_code", "runs containers"],
    ["dd if=/dev/zero of=/dev/sda", "deletes", "can overwrite whole disks"],
    ["gh pr create", "network", "acts on a service in your name"],
    ["kill -9 1", "deletes", "ends programs"],
    ["cp x /etc/passwd", "writes", "touches keys or system files"],
    ["cat ~/.ssh/id_rsa", "reads", "touches keys or system files"],
    [`cat ${homedir()}/.aws/credentials`, "reads", "touches keys or system files"],
    ["rm ../other/x", "deletes", "reaches outside the work folder"],
    ["git --git-dir=/srv/x.git push --force", "writes", "rewrites history of the current branch on a remote"],
  ])("%s is high: %s, %s", (line, kind, text) => {
    expect(risks(line)).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind, text, level: "high" })]),
    );
    expect(risks(line)[0]?.level).toBe("high");
  });

  it("raises what reaches out of the work folder, wherever the path hides", () => {
    for (const word of [
      "/var/data",
      "../x",
      "a/../../x",
      "--file=/var/data",
      "-o/var/data",
      "@/var/data",
      "~root/x",
      "$HOME/x",
    ]) {
      expect(risks(`cat ${word}`)[0]?.level, word).not.toBe("low");
    }
    for (const word of ["/code/app/x", "/dev/null", "a/../x", "https://x/../y", "./x", "origin/main"]) {
      expect(risks(`cat ${word}`)[0]?.level, word).toBe("low");
    }
    expect(risksOf(["cat", "../x"], "sub")[0]?.level).toBe("low");
  });

  it("always says something valid, highest first, nothing twice", () => {
    const order = { high: 0, medium: 1, low: 2 };
    const lines = [
      "",
      " ",
      "git",
      "git push --force --delete -d /x",
      "npm",
      "env",
      "env env",
      "-",
      "rm",
      "curl",
      "\u202e",
      "timeout",
      "x ".repeat(20_000),
    ];
    for (const line of lines) {
      const found = risks(line);
      expect(found.length).toBeGreaterThan(0);
      for (const one of found) expect(Risk.safeParse(one).success).toBe(true);
      const levels = found.map(({ level }) => order[level]);
      expect(levels).toEqual(levels.toSorted((a, b) => a - b));
      expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
    }
    expect(risksOf([]).length).toBeGreaterThan(0);
  });
});

it.each([
  ["cat .ssh/id_rsa", "~", "high"],
  ["tee .ssh/authorized_keys", "~", "high"],
  ["sort -no.ssh/authorized_keys x", "~", "high"],
  ["cat id_rsa", "~/.ssh", "high"],
  ["cat gcloud/x", "~/.config", "high"],
  ["cat notes.txt", "~", "low"],
  ["cat .ssh/id_rsa", "~/code", "high"],
  ["cat code/id.txt", "~/code", "low"],
])("finds keys inside of the work folder too: %s in %s", (line, place, level) => {
  const command = { kind: "program", argv: line.split(" "), folder: "", input: "" } as const;
  const workDir = place.replace("~", homedir());
  const { presentation, subject } = inspect(command, { workDir });
  expect(presentation.risks[0]?.level).toBe(level);
  expect(subject.remember).toBe(level === "low" ? "wide" : "narrow");
});

it.each([
  ["cat shadow", "/etc", "high"],
  ["tee authorized_keys", "~/.ssh", "high"],
  ["tee x", "/opt/x", "high"],
  ["tee x", "../..", "high"],
  ["cat x", "..", "medium"],
  ["cat x", "sub", "low"],
])("sees that a command runs outside of the work folder: %s in %s", (line, place, level) => {
  const folder = place.replace("~", homedir());
  for (const command of [
    { kind: "program", argv: line.split(" "), folder, input: "" },
    { kind: "shell", text: line, folder, input: "" },
  ] as const) {
    const { presentation, subject } = inspect(command, { workDir: "/code/app" });
    expect(presentation.risks[0]?.level).toBe(level);
    expect(subject.remember).toBe(level === "low" ? "wide" : "narrow");
  }
});
