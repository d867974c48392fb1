import { randomBytes } from "node:crypto";

/**
 * What Glue clients send, and the owner key. With no file to keep a key of its own in, the token that a person has
 * given is both.
 */
export function chooseTokens(
  options: { readonly token?: string | undefined; readonly metadataPath?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): { ownerKey: string; glueToken: string; tokenSource: string } {
  const newToken = () => randomBytes(32).toString("hex");
  const fromFlag = options.token?.trim() ?? "";
  const given = fromFlag || (environment["GLUE_DAEMON_TOKEN"]?.trim() ?? "");
  const hasFiles = options.metadataPath !== "";
  if (given === "" && !hasFiles) {
    throw new Error("metadata disabled requires --token or GLUE_DAEMON_TOKEN");
  }
  const tokenSource = fromFlag !== "" ? "flag" : given !== "" ? "GLUE_DAEMON_TOKEN" : "generated";
  return { ownerKey: hasFiles ? newToken() : given, glueToken: given || newToken(), tokenSource };
}
