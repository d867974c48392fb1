/** Amounts in millionths of a dollar; null is no mark. */
export interface Marks {
  readonly warn: number | null;
  readonly stop: number | null;
}

/** What a person has agreed to for one day, under the marks that held then. */
export interface Agreement {
  readonly day: string;
  readonly marks: Marks;
  /** Up to here nobody is asked again; null is as far as it goes. */
  readonly upTo: number | null;
}

export type Verdict = "go" | "warn" | "stop";

/** Whether the next step may cost something, after so much was spent on a day. An agreement under other marks is void. */
export function judge(spent: number, day: string, marks: Marks, agreement: Agreement | null): Verdict {
  const { warn, stop } = marks;
  const agreed = agreement !== null && agreement.day === day && isSame(agreement.marks, marks);
  if (agreed && (agreement.upTo === null || spent < agreement.upTo)) return "go";
  if (stop !== null && spent >= stop) return "stop";
  if (agreed) return "go";
  return warn !== null && spent >= warn ? "warn" : "go";
}

/** A yes to a warning holds up to the limit, a yes at the limit for as much again. */
export function agreeTo(
  verdict: Exclude<Verdict, "go">,
  spent: number,
  day: string,
  marks: Marks,
): Agreement {
  const upTo = verdict === "warn" || marks.stop === null ? marks.stop : spent + marks.stop;
  return { day, marks, upTo };
}

const isSame = (a: Marks, b: Marks) => a.warn === b.warn && a.stop === b.stop;
