import { homedir } from "node:os";
import { describe, expect, it } from "vitest";
import { inspect } from "../inspect.ts";
import { lookAtWords } from "../testing/look.ts";

const change = (path: string) =>
  inspect(
    { kind: "file_change", path, status: "created", before: "", after: "x", note: "" },
    { workDir: "/code/app" },
  );

describe("files that other programs obey", () => {
  it.each([
    ["eslint.config.js", "JavaScript's tools, which run it"],
    ["web/vite.config.ts", "JavaScript's tools, which run it"],
    [".eslintrc.cjs", "JavaScript's tools, which run it"],
    ["tsconfig.build.json", "JavaScript's tools, which run it"],
    ["Cargo.toml", "the build"],
    ["Makefile", "the build"],
    ["go.mod", "the build"],
    ["package.json", "the package manager"],
    [".npmrc", "the package manager"],
    ["requirements-dev.txt", "the package manager"],
    ["pyproject.toml", "Python's tools"],
    ["tests/conftest.py", "Python's tools"],
    [".vimrc", "the editor"],
    [".vscode/tasks.json", "the editor"],
    [".envrc", "your shell"],
    [".zshenv", "your shell"],
    [".config/fish/config.fish", "your shell"],
    [".github/workflows/x.yml", "the build server"],
    [".gitlab-ci.yml", "the build server"],
    [".husky/pre-commit", "git, at a commit"],
    ["x/.gitconfig", "git"],
    ["sub/HEAD", "git"],
    [".tmux.conf", "programs that you start"],
    [".config/autostart/x.desktop", "your desktop when you log in"],
    ["CLAUDE.md", "agents, as their instructions"],
    ["node_modules/a/index.js", "whatever loads packages"],
    ["docker-compose.dev.yml", "the container builder"],
    ["main.tf", "the container builder"],
    ["run.SH", "whoever starts it"],
  ])("%s: %s", (path, by) => {
    const { subject, presentation } = change(path);
    expect(presentation.risks).toContainEqual(expect.objectContaining({ text: `is obeyed by ${by}` }));
    expect(subject.remember).toBe("narrow");
    expect(lookAtWords(["tee", path]).remember).toBe("narrow");
    expect(lookAtWords(["cp", "x", path]).texts).toContain(`is obeyed by ${by}`);
  });

  it.each([
    "src/config.ts",
    "README.md",
    "src/head/view.ts",
    "a/package.json.md",
    "env.ts",
    "lib/makefile.ts",
  ])("not %s", (path) => expect(change(path).subject.remember).toBe("wide"));
});

describe("files elsewhere, and git's own", () => {
  const look = (path: string) => {
    const { subject, presentation } = change(path);
    const texts = presentation.risks.map(({ level, text }) => `${level}: ${text}`);
    return { remember: subject.remember, texts };
  };

  it.each([
    ["/etc/passwd", "high: touches keys or system files"],
    ["~/.ssh/authorized_keys", "high: touches keys or system files"],
    [`${homedir()}/.bashrc`, "high: touches keys or system files"],
    ["/code/other/src/a.ts", "high: reaches outside the work folder"],
    ["../other/a.ts", "high: reaches outside the work folder"],
    ["src/../../other/a.ts", "high: reaches outside the work folder"],
    [".git/hooks/pre-commit", "high: writes into git's own folder"],
    ["/code/app/.git/config", "high: writes into git's own folder"],
    ["sub/.GIT/config", "high: writes into git's own folder"],
  ])("%s is of high risk, and no grant for every change covers it", (path, text) => {
    expect(look(path).texts[0]).toMatch(/^high: /);
    expect(look(path).texts).toContain(text);
    expect(look(path).remember).toBe("narrow");
  });

  it.each(["src/a.ts", "/code/app/src/a.ts", "./a.ts", "src/../a.ts"])("not %s", (path) =>
    expect(look(path)).toEqual({ remember: "wide", texts: ["low: creates a file"] }),
  );

  it("calls what replaces something so, whatever it is called by who asks", () => {
    const wanted = (status: "created" | "changed" | "overwritten", before: string | null) => {
      const given = { kind: "file_change", path: "a", status, before, after: "x", note: "" } as const;
      return inspect(given, { workDir: "/code/app" }).presentation.wants;
    };
    expect(wanted("created", "it was there")).toBe("wants to replace a file");
    expect(wanted("created", null)).toBe("wants to replace a file");
    expect(wanted("changed", null)).toBe("wants to replace a file");
    expect(wanted("created", "")).toBe("wants to create a file");
    expect(wanted("changed", "a")).toBe("wants to change a file");
  });
});
