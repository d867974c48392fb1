import { createHash } from "node:crypto";
import { ToolFailure } from "../failure.ts";
import type { Location } from "./locate.ts";
import { readWhole } from "./read.ts";

const MAX_BYTES = 2 * 1024 * 1024;

/** The file that `find` leads to and its content now, as SHA-256; else the words in which it can't be used. */
export async function fileState(find: () => Location): Promise<string> {
  try {
    const location = find();
    const state = createHash("sha256").update(`${location.kind}\0${location.real}\0`);
    if (location.kind === "file") state.update(await contentOf(location));
    return state.digest("hex");
  } catch (error) {
    if (error instanceof ToolFailure) return error.message;
    throw error;
  }
}

/** What is too large to be shown has nothing shown that could differ. */
async function contentOf(location: Location): Promise<Buffer | string> {
  try {
    return await readWhole(location, MAX_BYTES);
  } catch (error) {
    if (error instanceof ToolFailure) return error.message;
    throw error;
  }
}
