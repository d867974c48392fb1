import type { Risk } from "../contract.ts";
import { changesInPlace } from "../command/plain-filters.ts";
import { programRisks } from "./programs.ts";
import { risk } from "./risk.ts";

/** Programs whose risk lies in their options. Null: nothing to add to what the program does anyway. */
export function optionRisks(program: string, args: readonly string[]): readonly Risk[] | null {
  switch (program) {
    case "rm":
      return removing(args);
    case "find":
    case "fd":
      return args.includes("-delete")
        ? [risk("deletes", "high", "deletes what it finds", "Every file that matches is deleted for good.")]
        : null;
    case "sed":
    case "gsed":
      return changesInPlace(args)
        ? [risk("writes", "medium", "changes files in place", "The files are rewritten.")]
        : null;
    case "curl":
    case "wget":
    case "http":
    case "https":
    case "xh":
      return transferring(args);
    case "rsync":
      return syncing(args);
    case "chmod":
    case "chown":
      return args.some((word) => /^-[a-zA-Z]*R|^--recursive$/.test(word))
        ? [
            risk(
              "writes",
              "high",
              "changes who may use whole folders",
              "It changes rights of everything below.",
            ),
          ]
        : null;
    default:
      return null;
  }
}

function removing(args: readonly string[]): Risk[] {
  const recursive = args.some((word) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(word));
  return recursive
    ? [
        risk(
          "deletes",
          "high",
          "deletes whole folders",
          "Everything in them is gone for good, not in the trash.",
        ),
      ]
    : [risk("deletes", "medium", "deletes files", "What it deletes does not go to the trash.")];
}

function transferring(args: readonly string[]): Risk[] {
  const sends = args.some(
    (word) =>
      /^-[dFT]/.test(word) ||
      /^--(data|form|upload-file|json|post-data|post-file|body-data|body-file)/.test(word) ||
      /^(POST|PUT|PATCH|DELETE)$/i.test(word) ||
      /^-X\S/.test(word),
  );
  const saves = args.some(
    (word) => /^-[a-zA-Z]*[oO]/.test(word) || /^--(output|remote-name|output-document)/.test(word),
  );
  return [
    sends
      ? risk(
          "network",
          "high",
          "sends data over the network",
          "What it sends may leave your machine for good.",
        )
      : risk("network", "medium", "fetches from the network", "It loads something from another machine."),
    ...(saves
      ? [risk("writes", "medium", "saves what it fetched", "It writes a file with contents from outside.")]
      : []),
  ];
}

function syncing(args: readonly string[]): Risk[] {
  const remote = args.some((word) => /^[^/-][^/]*:/.test(word) || word.startsWith("rsync://"));
  const deletes = args.some((word) => word.startsWith("--delete") || word === "--remove-source-files");
  return [
    ...(deletes
      ? [
          risk(
            "deletes",
            "high",
            "deletes what is not in the source",
            "Files missing on one side are deleted on the other.",
          ),
        ]
      : []),
    ...(remote
      ? [risk("network", "high", "copies to or from another machine", "It moves files over the network.")]
      : []),
    ...(programRisks("rsync") ?? []),
  ];
}
