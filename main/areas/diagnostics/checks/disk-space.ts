import { statfs } from "node:fs/promises";
import { failed, ok, warning, type Check } from "../../../kernel/check.ts";

const MB = 1024 * 1024;
const LITTLE_BYTES = 1024 * MB;
const TOO_LITTLE_BYTES = 100 * MB;

export function createDiskSpaceCheck(folder: string): Check {
  return {
    name: "disk",
    title: "Disk space",
    async run() {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize;
      const fix = `Free some space on the disk of ${folder}.`;
      const amount =
        free < LITTLE_BYTES ? `${Math.floor(free / MB)} MB` : `${(free / MB / 1024).toFixed(1)} GB`;
      if (free < TOO_LITTLE_BYTES)
        return failed(`Only ${amount} left; the record of decisions may stop.`, fix);
      if (free < LITTLE_BYTES) return warning(`Only ${amount} left.`, fix);
      return ok(`${amount} free.`);
    },
  };
}
