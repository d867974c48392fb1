/** What is picked and still there: what has left meanwhile is not acted on. */
export const stillPicked = <Item extends { readonly id: string }>(
  items: readonly Item[],
  picked: ReadonlySet<string>,
) => items.filter(({ id }) => picked.has(id));

export function toggled(picked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(picked);
  if (!next.delete(id)) next.add(id);
  return next;
}
