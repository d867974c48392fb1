import { charactersIn } from "../../../../../kernel/characters.ts";
import { createHelperThread } from "../../../../../kernel/helper-thread.ts";
import type { Inspection, Proposal } from "../../../../inspection/contract.ts";
import type { ShownChange, TextChange } from "../../../../inspection/diff.ts";
import type { Surroundings } from "../../../../inspection/surroundings.ts";
import type { Replacement } from "../edit/ladder.ts";
import { ToolFailure } from "../failure.ts";
import { textHelpers, type ShownEdit, type TextHelpers } from "./text-helpers.ts";

/** A bundle has the worker beside it as a file of its own. */
const script = new URL(
  import.meta.url.endsWith(".ts") ? "text-worker.ts" : "text-worker.cjs",
  import.meta.url,
);
const thread = createHelperThread<TextHelpers>(script, ["inspect", "textDiff", "editOrWhyNot"]);

/** Together, whatever they consist of. */
const LONG_CHARACTERS = 16 * 1024;
/** Most files are of ASCII, of which every character is known. */
const LONG_ASCII_CHARACTERS = 128 * 1024;
const beyondAscii = /[^\0-\x7f]/;

/** What somebody's call means that is no command: with long texts, that is found out in a thread. */
export async function inspectTexts(
  proposal: Exclude<Proposal, { kind: "program" | "shell" }>,
  surroundings: Surroundings,
): Promise<Inspection> {
  const isLong = charactersIn(proposal) + charactersIn(surroundings.there) > LONG_CHARACTERS;
  return isLong ? thread.inspect(proposal, surroundings) : textHelpers.inspect(proposal, surroundings);
}

/** What a change of a file looks like. */
export async function showChange(change: TextChange): Promise<ShownChange> {
  const { before, after } = change;
  const length = before.length + after.length;
  const isLong =
    length > LONG_ASCII_CHARACTERS ||
    (length > LONG_CHARACTERS && (beyondAscii.test(before) || beyondAscii.test(after)));
  return isLong ? thread.textDiff(change) : textHelpers.textDiff(change);
}

/** Contract: rejects with a ToolFailure where there is nothing to replace. */
export async function edit(text: string, replacement: Replacement): Promise<ShownEdit> {
  const isLong = text.length + replacement.old.length + replacement.replacement.length > 2 * LONG_CHARACTERS;
  const edited = await (isLong
    ? thread.editOrWhyNot(text, replacement)
    : textHelpers.editOrWhyNot(text, replacement));
  if ("failure" in edited) throw new ToolFailure(edited.failure);
  return edited;
}
