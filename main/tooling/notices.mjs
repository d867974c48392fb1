import { readdirSync, readFileSync, existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./setup/places.mjs";

const marker = "node_modules/";

/** The directory of the package a file belongs to, or undefined for our own sources. */
function packageDirectory(file) {
  const path = file.replaceAll("\\", "/");
  const start = path.lastIndexOf(marker);
  if (start < 0) return undefined;
  const [first, second] = path.slice(start + marker.length).split("/");
  const name = first.startsWith("@") ? `${first}/${second}` : first;
  return path.slice(0, start + marker.length) + name;
}

function notice(directory) {
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const texts = readdirSync(directory)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .toSorted()
    .map((file) => readFileSync(join(directory, file), "utf8").trim());
  const title = `${manifest.name} ${manifest.version} (${manifest.license ?? "see its text"})`;
  return [title, "-".repeat(title.length), ...texts].join("\n\n");
}

/** The supervisor holds parts of the C library of the machine that built it. */
const cLibrary = `The C library in dist/native/supervisor
---------------------------------------

Where it is the GNU C Library: copyright the Free Software Foundation and its other authors, under the GNU Lesser General
Public License, version 2.1 or later (https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html). The supervisor is one file,
main/kernel/supervisor/supervisor.c of Gatehouse's sources; compiling it again links it with another version.`;

/** Writes the licences of everything that is shipped: what went into the bundles and what is shipped beside them. */
export async function writeThirdPartyNotices(inputs, externals) {
  const besides = externals.map((name) => join(root, marker, name));
  const directories = new Set([...inputs.map(packageDirectory), ...besides]);
  const notices = [...directories]
    .filter((directory) => directory && existsSync(join(directory, "package.json")))
    .toSorted((one, other) => (one < other ? -1 : 1))
    .map(notice);
  if (process.platform === "linux") notices.push(cLibrary);
  await mkdir(join(root, "dist"), { recursive: true });
  await writeFile(join(root, "dist/THIRD-PARTY.txt"), notices.join("\n\n\n") + "\n");
}
