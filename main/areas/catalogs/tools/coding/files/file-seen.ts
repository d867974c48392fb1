import { createHash } from "node:crypto";
import { ToolFailure } from "../failure.ts";
import type { Location } from "./locate.ts";
import { readWhole } from "./read.ts";

const MAX_BYTES = 2 * 1024 * 1024;

/** What one look at the file that a call is about has found. What is shown and what is compared is made of the same. */
export interface FileSeen {
  /** Place and content, as SHA-256; else the words in which it can't be used. */
  readonly state: string;
  /** Contract: throws the failure with which it can't be used. */
  readonly location: () => Location;
  /** Contract: throws the failure with which it can't be read; asked only of what is a file. */
  readonly content: () => Buffer;
}

export async function lookAtFile(find: () => Location): Promise<FileSeen> {
  const location = attempt(find);
  if (location instanceof ToolFailure) {
    return { state: location.message, location: rethrow(location), content: rethrow(location) };
  }
  const state = createHash("sha256").update(`${location.kind}\0${location.real}\0`);
  const content = location.kind === "file" ? await contentOf(location) : Buffer.alloc(0);
  // What is too large to be shown has nothing shown that could differ.
  state.update(content instanceof ToolFailure ? content.message : content);
  return {
    state: state.digest("hex"),
    location: () => location,
    content: content instanceof ToolFailure ? rethrow(content) : () => content,
  };
}

function attempt(find: () => Location): Location | ToolFailure {
  try {
    return find();
  } catch (error) {
    if (error instanceof ToolFailure) return error;
    throw error;
  }
}

async function contentOf(location: Location): Promise<Buffer | ToolFailure> {
  try {
    return await readWhole(location, MAX_BYTES);
  } catch (error) {
    if (error instanceof ToolFailure) return error;
    throw error;
  }
}

const rethrow = (failure: ToolFailure) => (): never => {
  throw failure;
};
