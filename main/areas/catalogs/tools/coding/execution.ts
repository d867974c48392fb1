import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { parseCommand } from "../../../inspection/command/code-source.ts";
import { canonicalJson } from "../../../inspection/digest.ts";
import type { PermissionSubject } from "../tool.ts";
import { ToolFailure } from "./failure.ts";
import { locate } from "./files/locate.ts";
import { readWhole } from "./files/read.ts";

const MAX_SCRIPT_BYTES = 16 * 1024 * 1024;

export interface CommandCall {
  readonly argv: readonly string[];
  /** Below the workspace. */
  readonly dir: string;
  readonly stdin: string;
}

/**
 * What a permission may be bound to. A script counts only if it is a readable file of the workspace; then the
 * permission ends when the script changes. Everything else that brings code along counts as inline.
 */
export async function executionOf(
  { argv, dir, stdin }: CommandCall,
  workspace: string,
): Promise<NonNullable<PermissionSubject["execution"]>> {
  const { program, code } = parseCommand(argv, stdin !== "");
  const fingerprint = sha256(canonicalJson([argv, dir, stdin]));
  if (code.kind !== "script") return { program, inline: code.kind === "inline", script: null, fingerprint };
  const script = await boundScript(code.path, dir, workspace);
  return { program, inline: script === null, script, fingerprint };
}

async function boundScript(
  path: string,
  dir: string,
  workspace: string,
): Promise<{ path: string; digest: string } | null> {
  try {
    const folder = await locate(workspace, dir);
    const location = await locate(workspace, resolve(folder.real, path));
    const bytes = await readWhole(location, MAX_SCRIPT_BYTES);
    return { path: location.path, digest: sha256(bytes) };
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}

export const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
