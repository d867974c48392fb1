import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { ownTurn } from "../../../../kernel/slices.ts";
import type { Inspection, Proposal, Refusal } from "../../../inspection/contract.ts";
import { namedBy, needsOfCommand } from "../../../inspection/inspect-command.ts";
import type { Command } from "../../../inspection/inspect-command.ts";
import { inspect } from "../../../inspection/inspect.ts";
import type { LookAround, Reach } from "../../../inspection/surroundings.ts";
import { inspectTexts } from "./aside/texts.ts";
import type { Environment } from "./child-environment.ts";
import { fileThere } from "./files/file-there.ts";
import { isInside, isPrivate } from "./files/private-places.ts";
import { leadsOf, namesOwnFile } from "./leads.ts";
import { reachOf } from "./reach/reach.ts";

/**
 * Judges what somebody else is about to do on this machine by what is there: where links lead, what a file holds, what a
 * command leads to. A folder that is not here is somebody else's to know, and then the words alone count.
 */
export function createLookAround(environment: () => Environment): LookAround {
  return async (proposal, folder) => {
    const real = folderHere(folder);
    switch (proposal.kind) {
      case "program":
      case "shell":
        return real === null
          ? inspect(proposal, { workDir: folder, reach: nobodyLooked(proposal, folder) })
          : lookAtCommand(proposal, { folder, real, environment: environment() });
      case "file_change":
        return real === null && folderHere(dirname(resolve(folder, withHome(proposal.path)))) === null
          ? inspectTexts(proposal, { workDir: folder })
          : lookAtFileChange(proposal, folder, real ?? folder);
      case "network":
      case "mcp":
      case "call":
        return inspectTexts(proposal, { workDir: folder });
    }
  };
}

function folderHere(folder: string): string | null {
  try {
    const real = realpathSync.native(folder);
    return statSync(real).isDirectory() ? real : null;
  } catch {
    return null;
  }
}

async function lookAtCommand(
  command: Command,
  { folder, real, environment }: { folder: string; real: string; environment: Environment },
): Promise<Inspection> {
  const named = namedBy(command, real);
  const leads = await leadsOf(named, real, environment);
  const reach = await reachElsewhere(command, real);
  const isOwn = await namesOwnFile(named, real);
  // Judging is one step, so it is not to come behind others.
  await ownTurn();
  const inspection = inspect(command, { workDir: folder, leads, reach });
  return isOwn ? { ...inspection, refusal: ownFile } : inspection;
}

/**
 * What is followed is shown. It is bound to nothing all the same: nobody can compare it right before it runs there, so
 * what runs code is asked each time.
 */
async function reachElsewhere(command: Command, real: string): Promise<Reach> {
  const needs = needsOfCommand(command, real);
  const reach = await reachOf(needs, resolve(real, command.folder), real);
  return { ...reach, isWhole: reach.isWhole && needs.every(({ kind }) => kind === "repository") };
}

/** Nobody can say what a command leads to where nobody can look. */
const nobodyLooked = (command: Command, folder: string): Reach => ({
  bound: [],
  lines: [],
  isWhole: needsOfCommand(command, folder).length === 0,
});

async function lookAtFileChange(
  change: Extract<Proposal, { kind: "file_change" }>,
  folder: string,
  real: string,
): Promise<Inspection> {
  const full = resolve(folder, withHome(change.path));
  // The folder may be named by another way, such as `/tmp/x` for `/private/tmp/x`: that is no link of the file's.
  const asked = isInside(folder, full) ? join(real, relative(folder, full)) : full;
  const { place, other, content } = await fileThere(asked, real);
  await ownTurn();
  const shown = isInside(real, place) ? join(folder, relative(real, place)) : place;
  const inspection = await inspectTexts(change, {
    workDir: folder,
    there: {
      leadsTo: place === asked ? null : shown,
      alias: other?.kind === "secret" && other.path !== place ? other.path : null,
      content,
    },
  });
  const isOwn = other?.kind === "own" || isPrivate(place, real);
  return isOwn ? { ...inspection, refusal: ownFile } : inspection;
}

const withHome = (path: string): string => path.replace(/^~(?=[\\/]|$)/, homedir());

const ownFile: Refusal = {
  forModel: "That names a file that belongs to Gatehouse itself. Do not retry.",
  forPerson: "It names a file of Gatehouse itself.",
};
