import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

type Environment = Readonly<Record<string, string | undefined>>;

const GLUE_VARIABLE = "GLUE_DAEMON_TOKEN";

/** The command line's own, which a terminal may have set for all that is started in it. */
const CLIENT_VARIABLE = "GATEHOUSE_TOKEN";

export interface TokenOptions {
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly metadataPath?: string | undefined;
}

/**
 * What Glue clients send, and the owner key. With no file to keep a key of its own in, the token that a person has
 * given is both.
 */
export function chooseTokens(
  options: TokenOptions,
  environment: Environment,
): { ownerKey: string; glueToken: string; tokenSource: string } {
  const newToken = () => randomBytes(32).toString("hex");
  const { given, source } = givenToken(options, environment);
  const hasFiles = options.metadataPath !== "";
  if (given === "" && !hasFiles) {
    throw new Error(`metadata disabled requires --token or ${GLUE_VARIABLE}`);
  }
  return { ownerKey: hasFiles ? newToken() : given, glueToken: given || newToken(), tokenSource: source };
}

function givenToken(
  { token, tokenFile }: TokenOptions,
  environment: Environment,
): { given: string; source: string } {
  const fromFlag = token?.trim() ?? "";
  if (fromFlag !== "") return { given: fromFlag, source: "flag" };
  if (tokenFile !== undefined) return { given: tokenIn(tokenFile), source: "file" };
  const given = environment[GLUE_VARIABLE]?.trim() ?? "";
  return { given, source: given === "" ? "generated" : GLUE_VARIABLE };
}

function tokenIn(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new Error(`--token-file ${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
  if (text === "" || text.includes("\n"))
    throw new Error(`--token-file ${path} must have one line, the token`);
  return text;
}

/** Takes the tokens out of the environment that everything started from here inherits. */
export function forgetTokens(environment: Record<string, string | undefined>): void {
  delete environment[GLUE_VARIABLE];
  delete environment[CLIENT_VARIABLE];
}
