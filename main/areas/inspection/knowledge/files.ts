import { risk } from "../risks/risk.ts";
import { looksOnly, runsOthers, unpacks, writesFiles, writesManyFiles } from "./effects.ts";
import { operandsOf } from "./form.ts";
import type { Program, Use } from "./form.ts";
import { copiesElsewhere } from "./other-machines.ts";

const deletes = risk("deletes", "medium", "deletes files", "What it deletes does not go to the trash.");
const deletesFolders = risk(
  "deletes",
  "high",
  "deletes whole folders",
  "Everything in them is gone for good, not in the trash.",
);
const destroys = risk("deletes", "high", "destroys contents", "What was in the files can't be brought back.");
const rights = risk("writes", "medium", "changes who may use files", "It changes owners or rights of files.");
const rightsOfFolders = risk(
  "writes",
  "high",
  "changes who may use whole folders",
  "It changes rights of everything below.",
);
const disks = risk(
  "deletes",
  "high",
  "can overwrite whole disks",
  "A wrong word here destroys everything on a disk.",
);
const deletesMissing = risk(
  "deletes",
  "high",
  "deletes what is not in the source",
  "Files missing on one side are deleted on the other.",
);
const everybody = risk(
  "writes",
  "high",
  "lets everybody change them",
  "Any program and any user of this machine may write there from then on.",
);
const withOwnersRights = risk(
  "runs_code",
  "high",
  "lets a program run with its owner's rights",
  "Whoever starts it then acts as the file's owner, maybe as administrator.",
);

/** The first word says what is allowed: `777`, `o+w`, `u+s`. */
function allows({ operands }: Use) {
  const mode = operands[0]?.text ?? "";
  const [, special = "0", others = "0"] =
    /^([0-7]?)[0-7]{2}([0-7])$/.exec(mode.replace(/^0(?=[0-7]{4}$)/, "")) ?? [];
  const symbols = mode.split(",");
  const isOpen =
    (Number(others) & 2) !== 0 ||
    symbols.some((one) => /^[ugo]*[oa][ugoa]*[+=][rxXst]*w|^[+=][rxXst]*w/.test(one));
  const isSpecial = (Number(special) & 6) !== 0 || symbols.some((one) => /^[ugoa]*[+=][rwxXt]*s/.test(one));
  return [rights, ...(isOpen ? [everybody] : []), ...(isSpecial ? [withOwnersRights] : [])];
}

export const filePrograms: readonly Program[] = [
  {
    names: "rm",
    does: [],
    options: "-f -i -I -v --force --interactive?: --verbose --one-file-system --preserve-root?: -d --dir",
    also: { "-r -R --recursive": [deletesFolders] },
    operands: "any",
    check: (use) => (use.has("-r", "-R", "--recursive") ? [] : [deletes]),
  },
  {
    names: "rmdir unlink",
    does: [deletes],
    options: "-p -v --parents --ignore-fail-on-non-empty --verbose",
    operands: "any",
  },
  {
    names: "shred srm wipe truncate",
    does: [destroys],
    options:
      "-u -z -n:n -v -f -s: -c -r: --size: --remove?: --iterations:n --zero --verbose --force --no-create --reference:",
    operands: "any",
  },
  {
    names: "cp gcp",
    does: [writesFiles],
    options:
      "-f -i -n -p -v -u -L -P -H -T -x --force --interactive --no-clobber --preserve?: --verbose --update?: --dereference --no-dereference --parents --no-target-directory --reflink?: --sparse: -t:out --target-directory:out",
    also: { "-r -R -a --recursive --archive": [unpacks], "-l -s --link --symbolic-link": [unpacks] },
    operands: "written",
    below: (use) =>
      use.has("-r", "-R", "-a", "--recursive", "--archive") ? operandsOf(use).slice(0, -1) : [],
  },
  {
    names: "mv gmv",
    does: [writesFiles],
    options:
      "-f -i -n -v -u -T --force --interactive --no-clobber --verbose --update?: --no-target-directory -t:out --target-directory:out",
    operands: "written",
  },
  {
    names: "mkdir",
    does: [writesFiles],
    options: "-p -v -m: --parents --verbose --mode:",
    operands: "written",
  },
  {
    names: "touch",
    does: [writesFiles],
    options: "-a -c -m -h -d: -t: -r: --no-create --date: --reference: --time: --no-dereference",
    operands: "written",
  },
  {
    names: "ln",
    does: [writesFiles, unpacks],
    options:
      "-s -f -n -i -v -r -T -L -P --symbolic --force --no-dereference --relative --verbose --interactive",
    operands: "written",
  },
  {
    names: "tee",
    does: [writesFiles],
    options: "-a -i -p --append --ignore-interrupts --output-error?:",
    operands: "written",
  },
  {
    names: "install",
    does: [writesFiles],
    options: "-d -D -m: -o: -g: -p -v -s -t: -T -c --mode: --directory --preserve-timestamps --verbose",
    operands: "written",
    once: true,
  },
  {
    names: "split csplit",
    does: [writesManyFiles, unpacks],
    options:
      "-l:n -b: -n: -d -a:n -C: -x -e -u -z -s -k -f: --lines:n --bytes: --number: --numeric-suffixes?: --suffix-length:n --additional-suffix: --verbose",
    operands: "any",
  },
  {
    names: "gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd zcat bzcat xzcat zstdcat",
    does: [writesFiles, unpacks],
    options:
      "-d -k -f -c -q -v -t -l -r -n -N -# -z -T:n -e --decompress --keep --force --stdout --quiet --verbose --test --list --recursive --best --fast --rm --threads:n",
    also: { "-o:out": [] },
    operands: "written",
  },
  {
    names: "zip",
    does: [writesFiles],
    options:
      "-r -q -9 -0 -1 -j -u -f -y -x: -i: -v -g -X -e -@ --recurse-paths --quiet --junk-paths --exclude: --include:",
    operands: "written",
    below: (use) => (use.has("-r", "--recurse-paths") ? operandsOf(use).slice(1) : []),
    otherwise: runsOthers,
  },
  {
    names: "unzip",
    does: [writesManyFiles, unpacks],
    options: "-o -n -q -qq -j -l -v -t -p -d: -x: -u -a -C -Z -z",
    operands: "any",
  },
  {
    names: "tar gtar bsdtar",
    does: [writesManyFiles, unpacks],
    // The first word may do without its dash: `tar xzf`.
    options:
      "-c -x -t -r -u -A -v -z -j -J -Z -a -p -k -m -h -w -W -O -P -S -l -B -i -f: -C: -T:file -X:file -b:n -g:file --create --extract --get --list --append --update --file: --directory: --verbose --gzip --bzip2 --xz --zstd --auto-compress --exclude: --exclude-vcs --strip-components:n --keep-old-files --overwrite --no-same-owner --no-same-permissions --same-permissions --preserve-permissions --wildcards --null --files-from:file --exclude-from:file --owner: --group: --mode: --mtime: --sort: --numeric-owner --dereference --to-stdout --totals --one-file-system --no-recursion --transform: --format:",
    operands: "any",
    below: (use) => (use.has("-c", "-r", "-u", "--create", "--append", "--update") ? operandsOf(use) : []),
    bundle: /^[cxtruAvzjJapkmhOPwf]+$/,
    otherwise: runsOthers,
  },
  { names: "cpio ar 7z 7za unrar ditto", does: [writesManyFiles, unpacks], operands: "any", once: true },
  {
    names: "patch",
    does: [writesManyFiles, unpacks],
    options:
      "-p:n -R -N -s -E -l -u -c -t -f -d: -i:file -F:n -b -# --strip:n --reverse --forward --silent --quiet --dry-run --input:file --directory: --ignore-whitespace --fuzz:n --backup",
    operands: "any",
    otherwise: runsOthers,
  },
  {
    names: "rsync",
    does: [writesManyFiles, unpacks],
    options:
      "-a -v -r -l -p -t -g -o -D -z -h -q -n -u -c -x -H -A -X -P -W -i -L -S -C -R -O -J -8 -m --archive --verbose --recursive --links --perms --times --group --owner --compress --human-readable --quiet --dry-run --update --checksum --one-file-system --hard-links --progress --partial --stats --exclude: --include: --exclude-from:file --include-from:file --filter: --bwlimit: --size-only --ignore-existing --existing --whole-file --itemize-changes --copy-links --relative --no-perms --no-owner --no-group --chmod: --info: --max-size: --min-size: --prune-empty-dirs --out-format: --timeout:n",
    also: {
      "--delete --delete-before --delete-after --delete-during --delete-excluded --delete-delay --remove-source-files --force":
        [deletesMissing],
    },
    operands: "any",
    below: (use) => operandsOf(use).slice(0, -1),
    check: copiesElsewhere,
    otherwise: runsOthers,
  },
  {
    names: "chmod",
    does: [],
    // A mode such as `-w` is none of the options.
    options: "-v -c -f -R --recursive --verbose --changes --silent --quiet --reference: --preserve-root",
    operands: "written",
    check: (use) => [...(use.has("-R", "--recursive") ? [rightsOfFolders] : []), ...allows(use)],
  },
  {
    names: "chown chgrp",
    does: [rights],
    options:
      "-v -c -f -h -H -L -P --verbose --changes --silent --quiet --reference: --no-dereference --preserve-root",
    also: { "-R --recursive": [rightsOfFolders] },
    operands: "written",
  },
  { names: "chattr setfacl xattr", does: [rights], operands: "any", once: true },
  {
    names: "dd mkfs fdisk parted sfdisk diskutil wipefs format mkswap losetup cryptsetup",
    does: [disks],
    operands: "any",
    once: true,
  },
  { names: "pwd", does: [looksOnly], options: "-L -P --logical --physical" },
];
