import { existsSync } from "node:fs";
import { SetupFailure } from "./failure.mjs";
import { step } from "./progress.mjs";
import { capture, captureOrFail } from "./run.mjs";

// Named as in Debian 12; later releases know some of them by another name (see `spellings`).
const packages = {
  electron: ["libgtk-3-0", "libnss3", "libasound2", "libgbm1", "libxss1", "libatk-bridge2.0-0"],
  "virtual display": ["xvfb", "dbus"],
  tests: ["dbus-x11", "dunst", "libnotify-bin", "libglib2.0-bin", "xdotool"],
  compiler: ["gcc", "g++"],
};

/** A library that went over to 64-bit times has a new name, under which it does the same. */
const spellings = (name) => [name, `${name}t64`];

/** Which of the names are not installed, by what `dpkg-query -W -f '${db:Status-Status} ${Package}\n'` prints. */
export function missingPackages(names, listing) {
  const lines = listing.split("\n").map((line) => line.trim().split(" "));
  const installed = new Set(lines.filter(([status]) => status === "installed").map(([, name]) => name));
  return names.filter((name) => !spellings(name).some((spelling) => installed.has(spelling)));
}

async function spellingHere(name) {
  const { code, output } = await capture("apt-cache", ["policy", `${name}t64`]);
  return code === 0 && /Candidate: (?!\(none\))/.test(output) ? `${name}t64` : name;
}

async function install(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const failure = "Debian packages that are needed could not be installed.";
  const advice = `They are: ${names.join(" ")}`;
  await captureOrFail("apt-get", ["update", "-qq"], { failure, advice, env });
  const here = await Promise.all(names.map(spellingHere));
  await captureOrFail("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...here], {
    failure,
    advice,
    env,
  });
}

/**
 * Sees to the system packages that a purpose needs, where there are Debian packages at all: as root it installs what is
 * missing, otherwise it says how.
 * @param {("electron" | "virtual display" | "tests" | "compiler")[]} purposes
 */
export async function desktopPackages(purposes) {
  if (process.platform !== "linux" || !existsSync("/usr/bin/dpkg-query")) return;
  const names = purposes.flatMap((purpose) => packages[purpose]);
  const query = ["-W", "-f", "${db:Status-Status} ${Package}\\n", ...names.flatMap(spellings)];
  const missing = missingPackages(names, (await capture("dpkg-query", query)).output);
  if (missing.length === 0) return;
  if (process.getuid?.() === 0)
    return step(`Installing ${missing.length} Debian packages`, () => install(missing));
  const here = await Promise.all(missing.map(spellingHere));
  throw new SetupFailure("Some Debian packages are needed and not installed.", {
    advice: `Please run: sudo apt-get update && sudo apt-get install ${here.join(" ")}`,
  });
}
