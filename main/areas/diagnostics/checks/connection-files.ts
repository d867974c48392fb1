import { failed, ok, warning, type Check } from "../../../kernel/check.ts";

/** What a connection file on disk says, or null if there is none that can be read. */
export type ReadConnection = (
  path: string,
) => { readonly base_url: string; readonly token: string; readonly pid: number } | null;

export interface OwnConnection {
  readonly baseUrl: string;
  readonly ownerKey: string;
  readonly glueToken: string;
  readonly metadataPath: string | null;
  readonly glueMetadataPath: string | null;
}

/** Clients find this daemon through files; another daemon may have taken them over. */
export function createConnectionFilesCheck(own: () => OwnConnection, read: ReadConnection): Check {
  return {
    name: "connection",
    title: "Connection files",
    run() {
      const { baseUrl, ownerKey, glueToken, metadataPath, glueMetadataPath } = own();
      const isOurs = (path: string, token: string) => {
        const found = read(path);
        return found?.base_url === baseUrl && found.token === token;
      };
      if (metadataPath !== null && !isOurs(metadataPath, ownerKey)) {
        return failed(
          `${metadataPath} does not lead to this Gatehouse, so the command line and other tools can't find it.`,
          "Restart Gatehouse.",
        );
      }
      if (glueMetadataPath !== null && !isOurs(glueMetadataPath, glueToken)) {
        const other = read(glueMetadataPath);
        return warning(
          other === null
            ? `${glueMetadataPath} is missing, so Glue clients do not find this Gatehouse by themselves.`
            : `Glue clients reach another daemon by themselves (process ${other.pid}).`,
          `Stop that daemon and restart Gatehouse, or start clients with --base-url ${baseUrl}.`,
        );
      }
      if (metadataPath === null) return ok("Switched off; clients need the address and the token.");
      return ok(`Tools find this Gatehouse at ${baseUrl}.`);
    },
  };
}
