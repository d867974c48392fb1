import { closeSync, constants, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { ToolFailure, asFailure, quoted } from "../failure.ts";
import { openDirectory } from "./anchored-directory.ts";
import { refuseOtherName } from "./locate.ts";
import type { Location } from "./locate.ts";
import { SMALL_BYTES } from "./small.ts";

/** Regular files only: opening a pipe or a device must not block, and reading one has no end. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads a located file whole, through its checked directory and never through a link. */
export async function readWhole(location: Location, maxBytes: number): Promise<Buffer> {
  refuseOtherThanFile(location);
  try {
    const directory = openDirectory(location.directory);
    try {
      const file = openSync(directory.at(location.name), READ);
      try {
        directory.confirm(location.name, file);
        return await contentOf(file, location, maxBytes);
      } finally {
        closeSync(file);
      }
    } finally {
      directory.close();
    }
  } catch (error) {
    throw asFailure(error, location.asked);
  }
}

const readInPool = promisify(read);

async function contentOf(file: number, location: Location, maxBytes: number): Promise<Buffer> {
  const info = fstatSync(file);
  const { asked } = location;
  refuseOtherName(location, info);
  if (!info.isFile()) throw new ToolFailure(`${quoted(asked)} is not a regular file`);
  if (info.size > maxBytes) throw tooLarge(asked, info.size, maxBytes);
  // Room for a byte more than it says it has: mostly all is there after one read, and nothing has to be copied.
  let buffer = Buffer.allocUnsafe(info.size + 1);
  let total = 0;
  for (;;) {
    if (total === buffer.length) buffer = withMoreRoom(buffer);
    const room = buffer.length - total;
    const isSmall = buffer.length <= SMALL_BYTES;
    const bytesRead = isSmall
      ? readSync(file, buffer, total, room, total)
      : (await readInPool(file, buffer, total, room, total)).bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, total);
    total += bytesRead;
    if (total > maxBytes) throw tooLarge(asked, total, maxBytes);
  }
}

/** Files may grow, and those of /proc have no size at all. */
function withMoreRoom(full: Buffer): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(4_096, full.length * 2));
  full.copy(larger);
  return larger;
}

function refuseOtherThanFile({ kind, asked }: Location): void {
  if (kind === "absent") throw new ToolFailure(`${quoted(asked)} does not exist`);
  if (kind === "directory") throw new ToolFailure(`${quoted(asked)} is a directory`);
  if (kind === "other") throw new ToolFailure(`${quoted(asked)} is not a regular file`);
}

export const tooLarge = (asked: string, size: number, maxBytes: number) =>
  new ToolFailure(`${quoted(asked)} is too large: ${size} bytes, at most ${maxBytes} are read`);

export function looksBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8_192).includes(0);
}

/** Bytes that are no UTF-8, to be looked at: ASCII as it is, anything else as `\xe9`. */
export const textOfBytes = (bytes: Buffer): string =>
  bytes.toString("latin1").replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);

/** Null if the bytes are not UTF-8, so that writing the text back would damage them. */
export function strictText(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
