import { isConnectionAlive, removeOwnConnectionFile, writeConnectionFile } from "./connection-file.ts";

/** Where clients look for this daemon. */
export interface ConnectionFiles {
  readonly gluePath: string;
  /** What has been written so far. */
  current(): {
    readonly baseUrl: string;
    readonly metadataPath: string | null;
    readonly glueMetadataPath: string | null;
  };
  /** `isWritten` false leaves it at the address: clients are told of it in another way. */
  announce(baseUrl: string, isWritten: boolean): Promise<void>;
  remove(): void;
}

export function createConnectionFiles(options: {
  readonly own: string;
  readonly glue: string;
  /** Named by the person: then a file that can't be written is a reason not to start. */
  readonly isGlueAsked: boolean;
  readonly ownerKey: string;
  readonly glueToken: string;
  readonly report: (error: unknown) => void;
}): ConnectionFiles {
  const { own, glue, isGlueAsked, ownerKey, glueToken } = options;
  let baseUrl = "";
  const written = { own: false, glue: false };

  const write = (path: string, token: string) =>
    writeConnectionFile(path, { base_url: baseUrl, token, pid: process.pid });

  return {
    gluePath: glue,
    current: () => ({
      baseUrl,
      metadataPath: written.own ? own : null,
      glueMetadataPath: written.glue ? glue : null,
    }),
    async announce(address, isWritten) {
      baseUrl = address;
      if (!isWritten) return;
      await write(own, ownerKey);
      written.own = true;
      if (!isGlueAsked && (await isConnectionAlive(glue))) return;
      try {
        await write(glue, glueToken);
        written.glue = true;
      } catch (error) {
        if (isGlueAsked) throw error;
        options.report(error);
      }
    },
    remove() {
      if (written.own) removeOwnConnectionFile(own, ownerKey);
      if (written.glue) removeOwnConnectionFile(glue, glueToken);
    },
  };
}
