import { answerWith, type Helpers } from "./helper-thread.ts";

export const fixtureHelpers = {
  double: (text: string) => text + text,
  fail(why: string): string {
    throw new TypeError(why);
  },
  end(): number {
    process.exit(1);
  },
} satisfies Helpers;

answerWith(fixtureHelpers);
