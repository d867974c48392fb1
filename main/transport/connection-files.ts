import { isConnectionAlive, removeOwnConnectionFile, writeConnectionFile } from "./connection-file.ts";

/** A file in which one kind of client looks for a daemon, and the key it finds there. */
export interface ClientFile {
  /** The family's name as people know it; null for Gatehouse's own tools. */
  readonly clients: string | null;
  readonly path: string;
  readonly token: string;
  /** A file that can't be written is a reason not to start. */
  readonly isRequired: boolean;
  /** Left to another daemon of that family while that one answers. */
  readonly isShared: boolean;
}

/** Where clients look for this daemon. */
export interface ConnectionFiles {
  /** What has been written so far; the path is null where nothing was. */
  current(): {
    readonly baseUrl: string;
    readonly files: readonly {
      readonly clients: string | null;
      readonly path: string | null;
      readonly token: string;
    }[];
  };
  announce(baseUrl: string): Promise<void>;
  /** Contract: never throws; may be called again where a file could not be removed. */
  remove(): void;
}

/** `files` empty: clients are told of the address in another way. */
export function createConnectionFiles(
  files: readonly ClientFile[],
  report: (error: unknown) => void,
): ConnectionFiles {
  let baseUrl = "";
  const written = new Set<ClientFile>();

  const write = async (file: ClientFile) => {
    if (file.isShared && (await isConnectionAlive(file.path))) return;
    try {
      await writeConnectionFile(file.path, { base_url: baseUrl, token: file.token, pid: process.pid });
      written.add(file);
    } catch (error) {
      if (file.isRequired) {
        throw new Error(`${file.path} can't be written: ${(error as Error).message}`, { cause: error });
      }
      report(error);
    }
  };

  return {
    current: () => ({
      baseUrl,
      files: files.map((file) => ({
        clients: file.clients,
        path: written.has(file) ? file.path : null,
        token: file.token,
      })),
    }),
    async announce(address) {
      baseUrl = address;
      for (const file of files) await write(file);
    },
    remove() {
      for (const file of written) {
        try {
          removeOwnConnectionFile(file.path, file.token);
          written.delete(file);
        } catch (error) {
          report(error);
        }
      }
    },
  };
}
