import { readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { replaceFile } from "../kernel/replace-file.ts";

/** How local tools find the daemon, version 1 (Glue contract 6.1). */
export const ConnectionFile = z.object({
  version: z.literal(1),
  base_url: z.string(),
  token: z.string(),
  pid: z.int(),
});
export type ConnectionFile = z.infer<typeof ConnectionFile>;

/** For its owner alone. A link that someone has put there is replaced, not followed. */
export async function writeConnectionFile(
  path: string,
  content: Omit<ConnectionFile, "version">,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replaceFile(path, `${JSON.stringify({ version: 1, ...content }, null, 2)}\n`);
}

/** Null for a file that is missing or not of this version. */
export function readConnectionFile(path: string): ConnectionFile | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  try {
    return ConnectionFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Removes the file unless another daemon has taken it over meanwhile. */
export function removeOwnConnectionFile(path: string, token: string): void {
  const found = readConnectionFile(path);
  if (found?.token !== token || found.pid !== process.pid) return;
  rmSync(path, { force: true });
}

/** Whether the daemon that wrote the file still answers. */
export async function isConnectionAlive(path: string): Promise<boolean> {
  const connection = readConnectionFile(path);
  if (connection === null) return false;
  try {
    process.kill(connection.pid, 0);
    const answer = await fetch(`${connection.base_url}/v1/health`, { signal: AbortSignal.timeout(500) });
    return answer.ok;
  } catch {
    return false;
  }
}
