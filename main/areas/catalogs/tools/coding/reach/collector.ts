import { relative, resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { BoundScript } from "../../../../inspection/contract.ts";
import { sha256 } from "../../../../inspection/digest.ts";
import { partName } from "../../../../inspection/reach/part-name.ts";
import type { Reach } from "../../../../inspection/surroundings.ts";
import { ToolFailure } from "../failure.ts";
import { locate } from "../files/locate.ts";
import type { Location } from "../files/locate.ts";
import { readWhole } from "../files/read.ts";

const MAX_FILES = 500;
const MAX_BYTES = 8 * 1024 * 1024;
/** How long other work in this process may have to wait. */
const SLICE_MS = 10;

/** What was found of the code that a command leads to. */
export interface Collector {
  readonly workspace: string;
  /** Binds a file of the workspace and gives its text; null if it can't be read, which leaves something open. */
  file(
    path: string,
  ): Promise<{ readonly text: string; readonly real: string; readonly isNew: boolean } | null>;
  /** Where a path leads, if a file is there; it binds nothing. */
  find(path: string): Location | null;
  /** Binds something that is a part of a file. */
  part(path: string, script: string, text: string): void;
  /** What runs is changed on the way: by a path that is one of the files bound here, or a folder of them. */
  writes(path: string): void;
  /** It leads to more than can be found. */
  leaveOpen(): void;
  readonly isOpen: () => boolean;
  readonly bound: () => readonly BoundScript[];
  readonly lines: () => Reach["lines"];
}

export function createCollector(workspace: string): Collector {
  const bound = new Map<string, BoundScript>();
  let bytesLeft = MAX_BYTES;
  const lines: { name: string; line: string }[] = [];
  const written: string[] = [];
  let isOpen = false;
  let sliceEnds = performance.now() + SLICE_MS;

  const find = (path: string): Location | null => {
    try {
      const location = locate(workspace, path);
      return location.kind === "absent" ? null : location;
    } catch (error) {
      if (error instanceof ToolFailure) return null;
      throw error;
    }
  };
  const nameOf = (path: string) => relative(workspace, resolve(path)) || ".";

  return {
    workspace,
    find,
    async file(path) {
      if (performance.now() > sliceEnds) {
        await turn();
        sliceEnds = performance.now() + SLICE_MS;
      }
      try {
        const location = locate(workspace, path);
        if (bound.size >= MAX_FILES) throw new ToolFailure("too many files");
        const bytes = await readWhole(location, bytesLeft);
        const isNew = !bound.has(location.path);
        if (isNew) bytesLeft -= bytes.length;
        bound.set(location.path, { path: location.path, digest: sha256(bytes) });
        return { text: bytes.toString("utf8"), real: location.real, isNew };
      } catch (error) {
        if (!(error instanceof ToolFailure)) throw error;
        isOpen = true;
        return null;
      }
    },
    part(path, script, text) {
      const one = { path: nameOf(path), script, digest: sha256(text) };
      bound.set(`${path}#${script}`, one);
      lines.push({ name: partName(one), line: text });
    },
    writes(path) {
      written.push(find(path)?.path ?? nameOf(path));
    },
    leaveOpen() {
      isOpen = true;
    },
    isOpen: () => isOpen || written.some((path) => holdsBound(path, bound)),
    bound: () => [...bound.values()],
    lines: () => lines,
  };
}

function holdsBound(path: string, bound: ReadonlyMap<string, BoundScript>): boolean {
  const paths = [...bound.values()].map((one) => one.path);
  return (
    paths.some((one) => one === path || one.startsWith(`${path}/`)) || (path === "." && paths.length > 0)
  );
}
