import type { KeptSize } from "../../../main/areas/retention/contract.ts";

const amount = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const units = ["bytes", "kB", "MB", "GB", "TB"];

/** In thousands, as disks are sold and file managers count. */
export function bytesInWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${amount.format(value)} ${units[unit]}`;
}

export const kindNames: Readonly<Record<KeptSize["kind"], string>> = {
  sessions: "Sessions and messages",
  runLogs: "Logs of runs",
  decisions: "Decisions and questions",
  other: "All else",
};

/** How much more or less than a week ago; null where that is not known, or nothing worth a word. */
export function growthInWords({ bytes, bytesWeekAgo }: KeptSize): string | null {
  if (bytesWeekAgo === null) return null;
  const more = bytes - bytesWeekAgo;
  if (Math.abs(more) < 100_000) return "as much as a week ago";
  return `${bytesInWords(Math.abs(more))} ${more > 0 ? "more" : "less"} than a week ago`;
}
