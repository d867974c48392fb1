import type { Command } from "../command/command.ts";
import { CliError, exitCodes } from "../command/exit-codes.ts";

const NOT_YET = "This version of Gatehouse has no memory yet.";

const notYet = () => Promise.reject(new CliError(NOT_YET, exitCodes.failed));

export const memories: Command = {
  name: "memories",
  usage: "",
  summary: "What agents were asked to remember. Not in this version.",
  options: {},
  run: notYet,
};
