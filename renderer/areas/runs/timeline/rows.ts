import type { Block, TextBlock } from "./block.ts";

/** What the list draws. A text is one row per piece, so that a reply of any length stays light. */
export type TimelineRow =
  | {
      readonly key: string;
      readonly kind: "block";
      readonly block: Exclude<Block, TextBlock>;
      readonly gap: number;
    }
  | {
      readonly key: string;
      readonly kind: "text";
      readonly block: TextBlock;
      readonly index: number;
      readonly text: string;
      readonly gap: number;
    };

const betweenBlocks = 16;
const betweenPieces = 8;

/** Rows of blocks that did not change are made once. */
const known = new WeakMap<
  Block,
  { readonly before: Block["kind"] | null; readonly rows: readonly TimelineRow[] }
>();

export function timelineRows(blocks: readonly Block[]): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  let before: Block["kind"] | null = null;
  for (const block of blocks) {
    let made = known.get(block);
    if (made === undefined || made.before !== before) {
      made = { before, rows: rowsOf(block, before) };
      known.set(block, made);
    }
    rows.push(...made.rows);
    before = block.kind;
  }
  return rows;
}

function rowsOf(block: Block, before: Block["kind"] | null): TimelineRow[] {
  const key = String(block.key);
  const gap = before === null ? 0 : isLine(block.kind) && isLine(before) ? 0 : betweenBlocks;
  if (block.kind !== "text") return [{ key, kind: "block", block, gap }];
  // A message of thoughts alone still has its one row.
  const pieces = block.chunks.length === 0 ? [""] : block.chunks;
  return pieces.map((text, index) => ({
    key: `${key}/${index}`,
    kind: "text",
    block,
    index,
    text,
    gap: index === 0 ? gap : betweenPieces,
  }));
}

/** Lines stand close together, like entries of one list. */
const isLine = (kind: Block["kind"]) => kind === "tool" || kind === "note";

/** A guess before a row is measured: near enough that little moves. */
export function guessHeight(row: TimelineRow): number {
  if (row.kind === "text") return row.gap + Math.max(1, Math.ceil(row.text.length / 95)) * 20;
  switch (row.block.kind) {
    case "prompt":
      return row.gap + 44 + Math.min(12, Math.ceil(row.block.text.length / 95)) * 20;
    case "tool":
      return row.gap + 32;
    case "note":
      return row.gap + 28;
    case "end":
      return row.gap + 40;
  }
}
