// The supervisor (main/kernel/supervisor) is compiled with the machine's own C compiler, when its source has changed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./places.mjs";
import { capture } from "./run.mjs";

const source = join(root, "main/kernel/supervisor/supervisor.c");
const folder = join(root, "dist/native");
const program = join(folder, "supervisor");
const stampFile = join(folder, "supervisor.sha256");

const flags = ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror"];
/** Without shared libraries it starts in half the time, and wherever the app is taken. Not every system can link so. */
const ways = [["-static"], []];
const compilers = ["cc", "gcc", "clang"];
const debianPackages = ["gcc", "libc6-dev"];

const stamp = () => createHash("sha256").update(readFileSync(source)).update(flags.join(" ")).digest("hex");

function isCurrent() {
  try {
    return existsSync(program) && readFileSync(stampFile, "utf8") === stamp();
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} */
async function compile() {
  // Two may be at it at once; each puts a whole file in its place.
  const made = `${program}.${process.pid}`;
  for (const compiler of compilers) {
    for (const way of ways) {
      const { code } = await capture(compiler, [...flags, ...way, source, "-o", made]);
      if (code !== 0) continue;
      await rename(made, program);
      return true;
    }
  }
  await rm(made, { force: true });
  return false;
}

async function installCompiler() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...debianPackages];
  if ((await capture("apt-get", install, { env })).code === 0) return true;
  await capture("apt-get", ["update", "-qq"], { env });
  return (await capture("apt-get", install, { env })).code === 0;
}

/**
 * Brings dist/native/supervisor up to date with its source.
 *
 * Contract: never fails. Where it can't be had, commands run without it, and Diagnostics says what that means.
 */
export async function buildSupervisor() {
  if (process.platform !== "linux" || isCurrent()) return;
  await mkdir(folder, { recursive: true });
  const made = stamp();
  if ((await compile()) || ((await installCompiler()) && (await compile())))
    return writeFile(stampFile, made);
  // An old one must not be taken for this source's.
  await Promise.all([rm(stampFile, { force: true }), rm(program, { force: true })]);
}
