import { textDiff } from "../../../../inspection/diff.ts";
import { inspect } from "../../../../inspection/inspect.ts";
import { applyEdit, updatedLines, type EditedText } from "../edit/apply.ts";
import type { Replacement } from "../edit/ladder.ts";
import { ToolFailure } from "../failure.ts";

/** What a model is told instead, as plain data. */
interface NoEdit {
  readonly failure: string;
}

/** An edit, and the lines that it changed as a model is shown them. */
export interface ShownEdit extends EditedText {
  readonly shownLines: string;
}

function editOrWhyNot(text: string, replacement: Replacement): ShownEdit | NoEdit {
  try {
    const edited = applyEdit(text, replacement);
    return { ...edited, shownLines: updatedLines(edited) };
  } catch (error) {
    if (error instanceof ToolFailure) return { failure: error.message };
    throw error;
  }
}

/** What takes long where texts are long: pure, and so the same in any thread. */
export const textHelpers = { inspect, textDiff, editOrWhyNot };
export type TextHelpers = typeof textHelpers;
