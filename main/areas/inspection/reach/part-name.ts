import { quotedName, quotedPlace } from "../../../contract/sentence.ts";
import type { BoundScript } from "../contract.ts";

/** "package.json's test script" */
export const partName = ({ path, script }: BoundScript): string =>
  script === undefined ? quotedPlace(path) : `${quotedPlace(path)}'s ${quotedName(script)} script`;
