import { expect, test } from "vitest";
import type { MemorySource } from "../../../main/areas/memories/contract.ts";
import { reasonWords, sourceWords } from "./source-words.ts";

const source = (given: Partial<MemorySource>): MemorySource => ({
  kind: "person",
  runId: null,
  callId: null,
  sessionId: null,
  clientId: "",
  ...given,
});

test.each([
  [{ kind: "person" }, "you", ""],
  [{ kind: "run", clientId: "claude-code" }, "a run", "claude-code"],
  [{ kind: "client", clientId: "phone" }, "", "phone"],
  [{ kind: "client" }, "a program", ""],
  [{ kind: "import" }, "an import", ""],
] as const)("%j", (given, words, name) => expect(sourceWords(source(given))).toEqual({ words, name }));

test("why a run was told", () => {
  expect(reasonWords({ kind: "pinned" })).toBe("it is pinned");
  expect(reasonWords({ kind: "words", words: ["staging", "deploy"] })).toBe(
    "the prompt says staging, deploy",
  );
});
