import pino from "pino";
import { createLogFile, type LineSink } from "./log-file.ts";

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/**
 * One line of JSON per entry. Header values and keys of any kind are never logged.
 *
 * Contract: logging to a file never throws, and a disk that takes nothing ends nothing.
 */
export function createLog(destination: string | LineSink): Log {
  const options: pino.LoggerOptions = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["token", "*.token", "apiKey", "*.apiKey", "*.authorization"], censor: "[hidden]" },
  };
  return pino(options, typeof destination === "string" ? createLogFile(destination) : destination);
}
