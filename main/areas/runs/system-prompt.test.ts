import { mkdirSync, realpathSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createSystemPrompt } from "./system-prompt.ts";

const workspaceWith = (agents?: string) => {
  const workspace = realpathSync.native(temporaryFolder());
  if (agents !== undefined) writeFileSync(join(workspace, "AGENTS.md"), agents);
  return workspace;
};

test("tells where it works and how refusals reach it", () => {
  const workspace = workspaceWith();
  const prompt = createSystemPrompt()(workspace);
  expect(prompt).toContain(workspace);
  expect(prompt).toContain("refused");
  expect(prompt).not.toContain("\n\n");
});

test("appends AGENTS.md, and follows its changes", () => {
  const workspace = workspaceWith("\n  Use tabs.\n\n");
  const systemPrompt = createSystemPrompt();
  expect(systemPrompt(workspace).endsWith("\n\nUse tabs.")).toBe(true);
  writeFileSync(join(workspace, "AGENTS.md"), "Use spaces.");
  utimesSync(join(workspace, "AGENTS.md"), 1, 1);
  expect(systemPrompt(workspace).endsWith("\n\nUse spaces.")).toBe(true);
});

test("says that one is left out which is too long", () => {
  const prompt = createSystemPrompt()(workspaceWith("x".repeat(64 * 1024 + 1)));
  expect(prompt).toContain("(AGENTS.md is left out here: with 65537 bytes it is too long.");
  expect(prompt.length).toBeLessThan(1_000);
});

test("follows a link to another Markdown file of the workspace", () => {
  const workspace = workspaceWith();
  writeFileSync(join(workspace, "CLAUDE.md"), "Be brief.");
  symlinkSync("CLAUDE.md", join(workspace, "AGENTS.md"));
  expect(createSystemPrompt()(workspace)).toContain("Be brief.");
});

test("sends nothing from elsewhere to a model, whatever a repository links to", () => {
  const outside = temporaryFolder();
  writeFileSync(join(outside, "id_rsa"), "secret");
  writeFileSync(join(outside, "notes.md"), "secret");
  for (const target of [join(outside, "id_rsa"), join(outside, "notes.md"), ".env"]) {
    const workspace = workspaceWith();
    writeFileSync(join(workspace, ".env"), "secret");
    symlinkSync(target, join(workspace, "AGENTS.md"));
    expect(createSystemPrompt()(workspace)).not.toContain("secret");
  }
  const sibling = workspaceWith();
  mkdirSync(`${sibling}-other`);
  writeFileSync(join(`${sibling}-other`, "a.md"), "secret");
  symlinkSync(join(`${sibling}-other`, "a.md"), join(sibling, "AGENTS.md"));
  expect(createSystemPrompt()(sibling)).not.toContain("secret");
});

test("is not stopped by a folder or a dangling link of that name", () => {
  const workspace = workspaceWith();
  mkdirSync(join(workspace, "AGENTS.md"));
  expect(createSystemPrompt()(workspace)).toContain(workspace);
  const other = workspaceWith();
  symlinkSync("nowhere.md", join(other, "AGENTS.md"));
  expect(createSystemPrompt()(other)).toContain(other);
});
