import { expect, it } from "vitest";
import { toolWords } from "./tool-words.ts";

it.each<[string, unknown, string]>([
  ["shell_exec", { argv: ["git", "commit", "-m", "it's done"] }, `git commit -m 'it'\\''s done'`],
  ["shell_exec", { argv: ["echo", ""] }, "echo ''"],
  ["write_file", { content: "long", path: "src/a.ts" }, "src/a.ts"],
  ["grep", { path: "", pattern: "TODO" }, "TODO"],
  ["mcp__weather", { city: "Oslo" }, '{"city":"Oslo"}'],
  ["list_dir", {}, ""],
  ["list_dir", "{not json", "{not json"],
  ["list_dir", null, ""],
  ["list_dir", { argv: [] }, '{"argv":[]}'],
])("%s %j", (name, args, target) => {
  expect(toolWords(name, args).target).toBe(target);
});
