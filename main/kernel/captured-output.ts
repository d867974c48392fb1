import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface OutputLimits {
  /** What is kept in memory. */
  readonly maxBytes: number;
  /** `ends` keeps half from the beginning and half from the end. */
  readonly keep: "ends" | "start";
  /** Where the full stream goes once it is longer than that. Null: nowhere. */
  readonly spoolDir: string | null;
  readonly maxSpoolBytes: number;
}

export interface CapturedOutput {
  readonly text: string;
  /** Bytes of the whole stream. */
  readonly bytes: number;
  readonly truncated: boolean;
  readonly spoolPath: string | null;
}

const KEPT_SPOOL_FILES = 40;

/** Contract: never rejects. A stream that breaks off and a disk that is full cost output, not the call. */
export async function captureOutput(
  stream: Readable,
  name: string,
  limits: OutputLimits,
): Promise<CapturedOutput> {
  const kept = createKeeper(limits);
  const spool = createSpool(name, limits);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (!kept.fits(chunk) && !spool.started) await spool.start(kept.head());
      kept.add(chunk);
      await spool.write(chunk);
    }
  } catch (error) {
    kept.brokenOff = error;
  }
  const spoolPath = await spool.finish();
  return { text: kept.text(), bytes: kept.total, truncated: kept.total > limits.maxBytes, spoolPath };
}

function createKeeper({ maxBytes, keep }: OutputLimits) {
  const tailSize = keep === "ends" ? Math.floor(maxBytes / 2) : 0;
  const all: Buffer[] = [];
  const ring = Buffer.alloc(tailSize);
  let headSize = 0;
  let tailBytes = 0;

  const addToTail = (chunk: Buffer) => {
    if (tailSize === 0) return;
    const part = chunk.subarray(Math.max(0, chunk.length - tailSize));
    const start = (tailBytes + chunk.length - part.length) % tailSize;
    const first = part.copy(ring, start);
    part.copy(ring, 0, first);
    tailBytes += chunk.length;
  };
  const tail = () => {
    if (tailBytes <= tailSize) return ring.subarray(0, tailBytes);
    const start = tailBytes % tailSize;
    return Buffer.concat([ring.subarray(start), ring.subarray(0, start)]);
  };

  return {
    total: 0,
    brokenOff: null as unknown,
    fits(chunk: Buffer): boolean {
      return this.total + chunk.length <= maxBytes;
    },
    head: () => Buffer.concat(all),
    add(chunk: Buffer): void {
      this.total += chunk.length;
      const part = chunk.subarray(0, maxBytes - headSize);
      if (part.length > 0) all.push(Buffer.from(part));
      headSize += part.length;
      addToTail(chunk);
    },
    text(): string {
      const start = Buffer.concat(all);
      if (this.total <= maxBytes) return start.toString("utf8");
      const head = wholeCharactersBefore(start.subarray(0, maxBytes - tailSize));
      const end = wholeCharactersAfter(tail());
      const left = this.total - head.length - end.length;
      return `${head.toString("utf8")}\n[... ${left} bytes left out ...]\n${end.toString("utf8")}`;
    },
  };
}

function createSpool(name: string, { spoolDir, maxSpoolBytes }: OutputLimits) {
  let file: FileHandle | null = null;
  let path: string | null = null;
  let written = 0;
  const giveUp = async () => {
    await file?.close().catch(() => undefined);
    file = null;
    path = null;
  };
  const spool = {
    started: spoolDir === null,
    async start(soFar: Buffer): Promise<void> {
      spool.started = true;
      if (spoolDir === null) return;
      try {
        await mkdir(spoolDir, { recursive: true, mode: 0o700 });
        await keepNewest(spoolDir, KEPT_SPOOL_FILES);
        path = join(spoolDir, `${Date.now()}-${randomBytes(6).toString("hex")}-${name}.txt`);
        file = await open(path, "wx", 0o600);
      } catch {
        return giveUp();
      }
      await spool.write(soFar);
    },
    async write(chunk: Buffer): Promise<void> {
      const part = chunk.subarray(0, maxSpoolBytes - written);
      if (file === null || part.length === 0) return;
      try {
        await file.writeFile(part);
        written += part.length;
      } catch {
        await giveUp();
      }
    },
    async finish(): Promise<string | null> {
      const result = path;
      await file?.close().catch(() => undefined);
      return result;
    },
  };
  return spool;
}

const spoolName = /^\d+-[0-9a-f]+-\w+\.txt$/;

/** Names begin with the time, so the oldest sort first. */
async function keepNewest(directory: string, count: number): Promise<void> {
  const names = (await readdir(directory)).filter((name) => spoolName.test(name)).toSorted();
  for (const name of names.slice(0, Math.max(0, names.length - count))) {
    await rm(join(directory, name), { force: true });
  }
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Drops a character that was cut in two at the end. */
export function wholeCharactersBefore(bytes: Buffer): Buffer {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && isContinuation(bytes[start])) start -= 1;
  const lead = bytes[start];
  if (lead === undefined || lead < 0xc0) return bytes;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return start + length > bytes.length ? bytes.subarray(0, start) : bytes;
}

function wholeCharactersAfter(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}
