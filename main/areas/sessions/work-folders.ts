import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fail } from "../../contract/fail.ts";
import type { SessionId } from "../../contract/ids.ts";
import type { Principal } from "../../contract/principal.ts";
import { quoted } from "../../contract/sentence.ts";
import type { Loosen } from "../../kernel/loosening.ts";
import { isInside } from "../inspection/risks/paths.ts";
import { sessions } from "./contract.ts";

export interface WorkFolders {
  /** The folder by its own name, links followed. Contract: throws what stands against it. */
  find(folder: string): string;
  /**
   * Lets a session work there. What is in a folder is read without a question, so one that lies outside of where it may
   * work already waits for the person.
   */
  allow<T>(
    choice: { readonly id: SessionId; readonly folder: string; readonly before: string },
    by: Principal,
    apply: () => T | Promise<T>,
  ): Promise<T>;
}

export function createWorkFolders(loosen: Loosen): WorkFolders {
  return {
    find(folder) {
      const path = /^~(?=$|[\\/])/.test(folder) ? join(homedir(), folder.slice(1)) : folder;
      if (!isAbsolute(path)) {
        throw fail(sessions, "no_folder", `Say where the folder is, from the root on: ${folder} does not.`);
      }
      const real = realFolder(path);
      if (real === null) throw fail(sessions, "no_folder", `There is no folder ${path}.`);
      return real;
    },
    async allow({ id, folder, before }, by, apply) {
      if (isInside(before, folder)) return apply();
      const sentence = `Agents in the session ${quoted(id, 80)} would work in ${quoted(folder)}: what is there they read without asking.`;
      return loosen({ act: "let a session work in another folder", sentences: [sentence] }, by, apply);
    },
  };
}

/** Null: it is not there, or no folder. */
export function realFolder(path: string): string | null {
  try {
    const real = realpathSync.native(path);
    return statSync(real).isDirectory() ? real : null;
  } catch {
    return null;
  }
}
