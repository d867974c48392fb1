import type { Inspection, Proposal } from "./contract.ts";
import { inspectCall, inspectTool } from "./inspect-call.ts";
import { inspectCommand, scriptsOfCommand } from "./inspect-command.ts";
import { inspectFileChange } from "./inspect-file-change.ts";
import { inspectNetwork } from "./inspect-network.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Judges what a call means.
 *
 * Contract: pure and quick whatever it is given; never throws. What it can't tell it calls unknown, and what is
 * unknown is allowed only once.
 */
export function inspect(proposal: Proposal, surroundings: Surroundings): Inspection {
  switch (proposal.kind) {
    case "program":
    case "shell":
      return inspectCommand(proposal, surroundings);
    case "file_change":
      return inspectFileChange(proposal, surroundings);
    case "network":
      return inspectNetwork(proposal);
    case "mcp":
      return inspectTool(proposal);
    case "call":
      return inspectCall(proposal);
  }
}

/** Paths of the scripts whose content decides what happens, as the command gives them: read them, then inspect. */
export function scriptsOf(proposal: Proposal): readonly string[] {
  switch (proposal.kind) {
    case "program":
    case "shell":
      return scriptsOfCommand(proposal);
    case "file_change":
    case "network":
    case "mcp":
    case "call":
      return [];
  }
}
