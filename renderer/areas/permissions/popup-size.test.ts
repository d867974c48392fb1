import { expect, test } from "vitest";
import { editFile, newFile } from "../../testing/samples.ts";
import { popupSize } from "./popup-size.ts";

const command = (text: string) => popupSize({ kind: "command", text });

test("what is short gets a low popup, what would scroll in it a tall one", () => {
  expect(command("git status")).toBe("low");
  expect(command("x".repeat(62 * 9))).toBe("low");
  expect(command("x".repeat(62 * 9 + 1))).toBe("tall");
  expect(command(Array.from({ length: 9 }, () => "x").join("\n"))).toBe("low");
  expect(command(Array.from({ length: 10 }, () => "x").join("\n"))).toBe("tall");
  expect(command("x\n".repeat(500_000))).toBe("tall");
  expect(popupSize({ kind: "call", text: "{}" })).toBe("low");
});

test("a script counts with the line that runs it", () => {
  const size = (script: string, line = "node -e ⟨script⟩", input = "") =>
    popupSize({ kind: "command", text: "", inline: { line, script, input } });
  expect(size("1\n2\n3")).toBe("low");
  expect(size("1\n2\n3\n4")).toBe("tall");
  expect(size("1", "x".repeat(63))).toBe("tall");
  expect(size("1", "sh -c ⟨script⟩", "y")).toBe("tall");
});

test("a change counts its lines and the room its path takes", () => {
  expect(popupSize(newFile(2).body)).toBe("low");
  expect(popupSize(newFile(600).body)).toBe("tall");
  expect(popupSize(editFile.body)).toBe("tall");
});
