import { BodyRefused } from "./read-body.ts";

/** An answer that is a no: everything an envelope may want to say. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the kit refuses by itself, with the facts that a surface may want to name. */
export interface RefusalFacts {
  /** Addressed under a foreign name, or sent by someone else's page. */
  readonly foreign: { readonly reason: string };
  readonly unauthenticated: object;
  readonly forbidden: { readonly scope: string };
  readonly unknownRoute: { readonly method: string; readonly path: string };
  readonly wrongMethod: { readonly method: string; readonly allowed: readonly string[] };
  /** The path has percent signs that stand for nothing. */
  readonly undecodablePath: object;
  readonly tooLarge: { readonly limitBytes: number };
  /** `excess` reads behind "has": more values, or more of them within each other, than any honest body. */
  readonly tooMuch: { readonly excess: string };
  /** Refused by the framework or by the parser of HTTP itself. */
  readonly unreadable: { readonly message: string };
  /** A fault of ours. Its words stay in the log. */
  readonly internal: object;
}

export type RefusalWords = {
  readonly [K in keyof RefusalFacts]: (facts: RefusalFacts[K]) => Refusal;
};

/** Thrown by whoever refuses a request in words of the family that asked. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = "Refused";
    this.refusal = refusal;
  }
}

/** No fault: what is asked for can't be done just now. */
const BUSY = 503;

/** What the framework finds wrong, in words of ours. */
const WORDS_OF_CODE: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The content type can't be read.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The body is not as long as was announced.",
};

/** Any error of a request in the family's words. Contract: never throws; a bug is reported and stays vague outside. */
export function refusalFor(
  error: unknown,
  surface: {
    readonly refusals: RefusalWords;
    readonly refusalOf: (error: unknown) => Refusal | null;
    readonly limitBytes: number;
  },
  report: (error: unknown) => void,
): Refusal {
  if (error instanceof Refused) return error.refusal;
  const known = surface.refusalOf(error);
  if (known !== null) {
    if (known.status >= 500 && known.status !== BUSY) report(error);
    return known;
  }
  if (error instanceof BodyRefused) {
    const { excess } = error;
    return excess === null ? surface.refusals.tooLarge(surface) : surface.refusals.tooMuch({ excess });
  }
  const { statusCode, code = "" } = Object(error) as { statusCode?: number; code?: string };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return surface.refusals.unreadable({ message: WORDS_OF_CODE[code] ?? "The request can't be read." });
  }
  report(error);
  return surface.refusals.internal({});
}
