import type { ToolResult } from "../../../main/areas/runs/contract.ts";

/** The result of a program, taken apart. */
export interface ShellResult {
  readonly exitCode: number;
  readonly isTimedOut: boolean;
  readonly isShortened: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The text that the model reads says it all in one piece; the metadata tells how long each part is, so that no
 * output can pretend to be another part. Null when the text is not made like that: then it is shown as it is.
 */
export function shellResult({ content, metadata }: ToolResult): ShellResult | null {
  const exitCode = metadata?.["exit_code"];
  const stdoutBytes = metadata?.["stdout_bytes"];
  const stderrBytes = metadata?.["stderr_bytes"];
  if (typeof exitCode !== "number" || typeof stdoutBytes !== "number" || typeof stderrBytes !== "number")
    return null;
  const start = content.indexOf("\n\nstdout:");
  if (start === -1) return null;
  const stdout = takeStream(content.slice(start + 2), "stdout", stdoutBytes);
  if (stdout === null || !stdout.rest.startsWith("\n")) return null;
  const stderr = takeStream(stdout.rest.slice(1), "stderr", stderrBytes);
  if (stderr === null) return null;
  return {
    exitCode,
    isTimedOut: metadata?.["timed_out"] === true,
    isShortened: metadata?.["truncated"] === true,
    stdout: stdout.text,
    stderr: stderr.text,
  };
}

function takeStream(text: string, name: string, bytes: number): { text: string; rest: string } | null {
  if (bytes === 0) {
    const empty = `${name}: (empty)\n`;
    return text.startsWith(empty) ? { text: "", rest: text.slice(empty.length) } : null;
  }
  const title = `${name}:\n`;
  if (!text.startsWith(title)) return null;
  const encoded = new TextEncoder().encode(text.slice(title.length));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const taken = decoder.decode(encoded.subarray(0, bytes));
  const rest = decoder.decode(encoded.subarray(bytes));
  return rest.startsWith("\n") ? { text: taken, rest: rest.slice(1) } : null;
}

/** Why a call failed, in a word or two. */
export function failureWord(result: ToolResult): string {
  if (result.metadata?.["timed_out"] === true) return "Timed out";
  const exitCode = result.metadata?.["exit_code"];
  return typeof exitCode === "number" && exitCode > 0 ? `Exit code ${exitCode}` : "Failed";
}
