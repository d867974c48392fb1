import { closeSync, openSync, readSync } from "node:fs";

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** With checksums over little-endian and over big-endian numbers. */
const MAGIC = [0x377f0682, 0x377f0683];

/**
 * Whether a write-ahead log has bytes of which SQLite takes none: it says nothing then and goes on with the state of
 * before, as if the log were gone. See "WAL-mode File Format" in SQLite's documentation.
 *
 * A log whose end is cut off is not meant: that is what a kill leaves, and nothing that was acknowledged is in it.
 */
export function isLogUnreadable(file: string): boolean {
  const header = bytesAt(file, 0, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return false;
  const isBigEndian = header.readUInt32BE(0) === MAGIC[1];
  const start = checksum(header.subarray(0, 24), isBigEndian, [0, 0]);
  if (!MAGIC.includes(header.readUInt32BE(0)) || !isSaid(header, start)) return true;

  const frame = bytesAt(file, HEADER_BYTES, FRAME_HEADER_BYTES + header.readUInt32BE(8));
  if (frame.length < FRAME_HEADER_BYTES + header.readUInt32BE(8)) return false;
  // No page has the number 0.
  if (frame.readUInt32BE(0) === 0) return true;
  // A log that was begun anew and has no entry yet shows one of before, whose first salt is less by one.
  if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) {
    return (frame.readUInt32BE(8) + 1) >>> 0 !== header.readUInt32BE(16);
  }
  const words = checksum(frame.subarray(0, 8), isBigEndian, start);
  return !isSaid(frame, checksum(frame.subarray(FRAME_HEADER_BYTES), isBigEndian, words), 16);
}

type Sums = readonly [number, number];

const isSaid = (bytes: Buffer, [one, two]: Sums, at = 24): boolean =>
  bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === two;

function checksum(bytes: Buffer, isBigEndian: boolean, [first, second]: Sums): Sums {
  let [one, two] = [first, second];
  const word = (at: number) => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return [one, two];
}

function bytesAt(file: string, position: number, length: number): Buffer {
  const opened = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(opened, bytes, 0, length, position));
  } finally {
    closeSync(opened);
  }
}
