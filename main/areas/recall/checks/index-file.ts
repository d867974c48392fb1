import { grouped } from "../../../contract/in-words.ts";
import { join } from "node:path";
import { ok, warning, type Check } from "../../../kernel/check.ts";
import type { RecallProgress } from "../contract.ts";
import { listSetAside } from "../store/index-file.ts";

/** Whether all that was said can be searched. */
export function createIndexCheck(progress: () => RecallProgress, folder: string | null): Check {
  return {
    name: "recall",
    title: "Recall",
    run() {
      const { indexed, missing, trouble } = progress();
      if (trouble !== null) {
        return warning(
          `What was said lately can't be searched: ${trouble}.`,
          "It is tried again with the next message, and when Gatehouse starts.",
        );
      }
      const [kept] = folder === null ? [] : listSetAside(folder);
      if (folder !== null && kept !== undefined) {
        return warning(
          "The index for searching was damaged or somebody else's, so it was put aside and made anew. Nothing that was said is lost.",
          `Delete ${join(folder, kept)} if you don't need it.`,
        );
      }
      if (indexed === null) return ok("Nothing was looked for yet.");
      const all = grouped(indexed);
      if (missing === 0) return ok(`${all} messages can be searched.`);
      return ok(`${all} messages can be searched, ${grouped(missing)} more soon.`);
    },
  };
}
