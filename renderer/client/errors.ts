import type { WireError } from "../../main/contract/errors.ts";

/** A call that was refused or did not get through. Code by `code`; `message` is for people. */
export class CallError extends Error {
  readonly code: string;
  readonly data: unknown;

  constructor({ code, message, data }: WireError) {
    super(message);
    this.name = "CallError";
    this.code = code;
    this.data = data;
  }
}

/** Contract: never throws; whatever was caught becomes something that can be shown. */
export function asCallError(caught: unknown): CallError {
  if (caught instanceof CallError) return caught;
  const message = caught instanceof Error ? caught.message : String(caught);
  return new CallError({ code: "internal", message });
}

export function hasCode(caught: unknown, code: string): boolean {
  return caught instanceof CallError && caught.code === code;
}
