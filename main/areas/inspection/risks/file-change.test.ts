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
