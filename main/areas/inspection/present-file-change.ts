import type { Diff, Presentation } from "./contract.ts";
import { act } from "./present-call.ts";
import { fileChangeRisks } from "./risks/file-change.ts";

const wants: Readonly<Record<Diff["status"], string>> = {
  created: "wants to create a file",
  changed: "wants to change a file",
  overwritten: "wants to replace a file",
};
const verbs: Readonly<Record<Diff["status"], string>> = {
  created: "create",
  changed: "change",
  overwritten: "replace",
};

/** `refused` if the call will fail even when it is allowed; the diff's note says why. */
export function presentFileChange(diff: Diff, path: string, refused: boolean): Presentation {
  const { status } = diff;
  return {
    wants: refused ? `${wants[status]}, which will be refused` : wants[status],
    act: act(verbs[status], path),
    body: { kind: "diff", diff },
    risks: fileChangeRisks({ path, status }),
  };
}
