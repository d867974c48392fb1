import * as z from "zod";
import { defineSection, type SectionValues } from "../../../../contract/settings-section.ts";

export const codingSettings = defineSection({
  name: "coding",
  schema: z.object({
    enabled: z.boolean().default(true),
    allowOverwrite: z.boolean().default(false),
    /** Programs that may be run besides the usual ones. */
    allowBinaries: z.array(z.string().min(1).max(4096)).default([]),
  }),
  loosens(before, after) {
    const programs = after.allowBinaries.filter((program) => !before.allowBinaries.includes(program));
    return [
      ...(after.enabled && !before.enabled ? ["Agents could use the coding tools."] : []),
      ...(after.allowOverwrite && !before.allowOverwrite
        ? ["Agents could replace whole files that are already there."]
        : []),
      ...(programs.length > 0 ? [`Agents could ask to run ${programs.join(", ")}.`] : []),
    ];
  },
});
export type CodingSettings = SectionValues<typeof codingSettings>;
