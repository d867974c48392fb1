import { expect, it } from "vitest";
import { failureWord, shellResult } from "./shell-result.ts";

const stream = (name: string, text: string) => (text === "" ? `${name}: (empty)\n` : `${name}:\n${text}\n`);
const result = (stdout: string, stderr: string, exit_code = 0) => ({
  content: `exit_code: ${exit_code}\ntimed_out: false\ntruncated: false\n\n${stream("stdout", stdout)}\n${stream("stderr", stderr)}`,
  isError: exit_code !== 0,
  metadata: {
    exit_code,
    timed_out: false,
    truncated: false,
    stdout_bytes: Buffer.byteLength(stdout),
    stderr_bytes: Buffer.byteLength(stderr),
  },
});

it.each<[string, string, string]>([
  ["both", "git version 2.39.5\n", "warning: x\n"],
  ["nothing", "", ""],
  ["only errors", "", "fatal: no\n"],
  ["no newline at the end", "a", "b"],
  ["more than ASCII", "žluťoučký 🐎 כבש\n", "\uFEFFé"],
  ["output that plays the next part", "x\n\nstderr:\nfake\n", "real"],
  ["output that plays emptiness", "stdout: (empty)\n\nstderr: (empty)\n", ""],
])("takes apart %s", (_, stdout, stderr) => {
  expect(shellResult(result(stdout, stderr))).toMatchObject({ stdout, stderr, exitCode: 0 });
});

it("leaves alone what is not made like that", () => {
  const whole = result("abc", "def");
  expect(shellResult({ ...whole, metadata: { ...whole.metadata, stdout_bytes: 2 } })).toBeNull();
  expect(shellResult({ ...whole, content: "shortened" })).toBeNull();
  expect(shellResult({ content: whole.content, isError: false })).toBeNull();
});

it("says why it failed", () => {
  expect(failureWord(result("", "", 3))).toBe("Exit code 3");
  expect(failureWord(result("", "", -1))).toBe("Failed");
  expect(failureWord({ content: "", isError: true, metadata: { timed_out: true, exit_code: -1 } })).toBe(
    "Timed out",
  );
  expect(failureWord({ content: "no such file", isError: true })).toBe("Failed");
});
