import { join } from "node:path";
import { isBuildCurrent } from "./build-stamp.mjs";
import { root } from "./places.mjs";
import { step } from "./progress.mjs";
import { captureScript } from "./run.mjs";

/** Brings dist/ up to date with the sources. */
export async function buildWhenStale() {
  if (isBuildCurrent()) return;
  await step("Building", () =>
    captureScript(join(root, "main/tooling/build.mjs"), [], { failure: "The build failed." }),
  );
}
