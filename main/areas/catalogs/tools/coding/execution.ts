import { resolve } from "node:path";
import type { BoundScript, Inspection } from "../../../inspection/contract.ts";
import { sha256 } from "../../../inspection/digest.ts";
import { namedBy, needsOfCommand, programsOf } from "../../../inspection/inspect-command.ts";
import { inspect, scriptsOf } from "../../../inspection/inspect.ts";
import { childEnvironment } from "./child-environment.ts";
import type { Environment } from "./child-environment.ts";
import { ToolFailure } from "./failure.ts";
import { locate } from "./files/locate.ts";
import { readWhole } from "./files/read.ts";
import { leadsOf } from "./leads.ts";
import { reachOf } from "./reach/reach.ts";

const MAX_SCRIPT_BYTES = 16 * 1024 * 1024;

export interface CommandCall {
  readonly argv: readonly string[];
  /** Below the workspace. */
  readonly dir: string;
  readonly stdin: string;
}

/**
 * What a command means. A script counts as known only if it is a readable file of the workspace; then the permission
 * ends when the script changes.
 */
export async function inspectCommand(
  { argv, dir, stdin }: CommandCall,
  workspace: string,
  environment: Environment,
): Promise<Inspection> {
  const proposal = { kind: "program", argv, folder: dir, input: stdin } as const;
  const scripts = new Map<string, BoundScript>();
  for (const path of scriptsOf(proposal)) {
    const script = await boundScript(path, dir, workspace);
    if (script !== null) scripts.set(path, script);
  }
  const leads = await leadsOf(namedBy(proposal, workspace), workspace, environment);
  const reach = await reachOf(needsOfCommand(proposal, workspace), resolve(workspace, dir), workspace, {
    programs: programsOf(argv),
    searchPath: childEnvironment(environment, workspace)["PATH"] ?? "",
  });
  return inspect(proposal, { workDir: workspace, scripts, leads, reach });
}

async function boundScript(path: string, dir: string, workspace: string): Promise<BoundScript | null> {
  try {
    const folder = locate(workspace, dir);
    const location = locate(workspace, resolve(folder.real, path));
    const bytes = await readWhole(location, MAX_SCRIPT_BYTES);
    return { path: location.path, digest: sha256(bytes) };
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}
