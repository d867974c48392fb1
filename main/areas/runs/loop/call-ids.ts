const MAX_ID = 64;
/** Thousands of calls may have the same id: after so many tries it goes on behind all that are taken. */
const FEW = 16;

/** The id if every provider would take it (`[A-Za-z0-9_-]{1,64}`) and it is still free, else one like it that is. */
export function claimCallId(id: string, used: Set<string>): string {
  const base = id.slice(0, MAX_ID).replaceAll(/[^A-Za-z0-9_-]/g, "_") || "call";
  let claimed = base;
  for (let count = 2; used.has(claimed); count = count < FEW ? count + 1 : Math.max(used.size, count + 1)) {
    const suffix = `_${count}`;
    claimed = base.slice(0, MAX_ID - suffix.length) + suffix;
  }
  used.add(claimed);
  return claimed;
}
