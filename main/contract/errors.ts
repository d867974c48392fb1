/** An error whose code is part of the interface. Messages are for people; no code matches on them. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly data: unknown;

  constructor(
    code: string,
    status: number,
    message: string,
    options: { data?: unknown; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.status = status;
    this.data = options.data;
  }
}

/** The shape in which our own surfaces (HTTP and IPC) report an error. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly data?: unknown;
}

/** Contract: never throws. Anything that is not an AppError is a bug and stays vague on the outside. */
export function toWireError(error: unknown): { status: number; body: WireError } {
  if (error instanceof AppError) {
    const body = { code: error.code, message: error.message };
    return { status: error.status, body: error.data === undefined ? body : { ...body, data: error.data } };
  }
  return {
    status: 500,
    body: { code: "internal", message: "Something went wrong inside Gatehouse. The log has the details." },
  };
}

/** Bad input found at an edge. `issues` is what was wrong, one line each. */
export function invalidRequest(message: string, issues?: readonly string[]): AppError {
  return new AppError("request.invalid", 400, message, issues === undefined ? {} : { data: { issues } });
}

export function assertNever(value: never, message: string): never {
  throw new Error(`${message}: ${JSON.stringify(value)}`);
}
