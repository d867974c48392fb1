import { failed, ok, warning, type Check, type Finding } from "../../../kernel/check.ts";

/** What a connection file on disk says, or null if there is none that can be read. */
export type ReadConnection = (
  path: string,
) => { readonly base_url: string; readonly token: string; readonly pid: number } | null;

export interface OwnConnection {
  readonly baseUrl: string;
  /** `clients` null: for Gatehouse's own tools. `path` null: not written. */
  readonly files: readonly {
    readonly clients: string | null;
    readonly path: string | null;
    readonly token: string;
  }[];
}

/** Clients find this daemon through files; another daemon may have taken them over. */
export function createConnectionFilesCheck(own: () => OwnConnection, read: ReadConnection): Check {
  const findingAbout = (baseUrl: string, { clients, path, token }: OwnConnection["files"][number]) => {
    if (path === null) return null;
    const found = read(path);
    if (found?.base_url === baseUrl && found.token === token) return null;
    return clients === null ? lostToOwnTools(path) : lostToClients(clients, path, found, baseUrl);
  };
  return {
    name: "connection",
    title: "Connection files",
    run() {
      const { baseUrl, files } = own();
      for (const file of files) {
        const finding = findingAbout(baseUrl, file);
        if (finding !== null) return finding;
      }
      if (files.every(({ clients, path }) => clients !== null || path === null))
        return ok("Switched off; clients need the address and the token.");
      return ok(`Tools find this Gatehouse at ${baseUrl}.`);
    },
  };
}

const lostToOwnTools = (path: string): Finding =>
  failed(
    `${path} does not lead to this Gatehouse, so the command line and other tools can't find it.`,
    "Restart Gatehouse.",
  );

function lostToClients(
  clients: string,
  path: string,
  found: ReturnType<ReadConnection>,
  baseUrl: string,
): Finding {
  return warning(
    found === null
      ? `${path} is missing, so ${clients} clients do not find this Gatehouse by themselves.`
      : `${clients} clients reach another daemon by themselves (process ${found.pid}).`,
    `Stop that daemon and restart Gatehouse, or start clients with --base-url ${baseUrl}.`,
  );
}
