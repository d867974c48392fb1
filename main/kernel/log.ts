import pino from "pino";

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** One line of JSON per entry. Header values and keys of any kind are never logged. */
export function createLog(destination: string | NodeJS.WritableStream): Log {
  const options: pino.LoggerOptions = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["token", "*.token", "apiKey", "*.apiKey", "*.authorization"], censor: "[hidden]" },
  };
  if (typeof destination !== "string") return pino(options, destination);
  return pino(options, pino.destination({ dest: destination, mkdir: true, sync: true, mode: 0o600 }));
}
