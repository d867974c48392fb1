import { risk } from "../risks/risk.ts";
import { looksOnly, runsOthers } from "./effects.ts";
import { operandsOf, placesIn } from "./form.ts";
import type { Program, Use } from "./form.ts";

const deletesFound = risk(
  "deletes",
  "high",
  "deletes what it finds",
  "Every file that matches is deleted for good.",
);

const grep = `-i -v -w -x -c -l -L -n -h -H -o -q -s -r -R -E -F -P -G -a -I -z -Z -b -T -U -u -y -e: -f:file -A:n -B:n -C:n -m:n -d: -D: -#
  --ignore-case --no-ignore-case --invert-match --word-regexp --line-regexp --count --files-with-matches --files-without-match
  --line-number --no-filename --with-filename --only-matching --quiet --silent --no-messages --recursive --dereference-recursive
  --extended-regexp --fixed-strings --perl-regexp --basic-regexp --text --binary-files: --null --null-data --byte-offset
  --regexp: --file:file --after-context:n --before-context:n --context:n --max-count:n --include: --exclude: --exclude-dir:
  --exclude-from:file --color?: --colour?: --label: --line-buffered --initial-tab --directories: --devices:`;

/** Not here: `--pre` and `--hostname-bin`, which run a program, and `-z`, which runs one for some files. */
const ripgrep = `-i -s -S -v -w -x -c -l -n -N -H -I -o -q -F -P -U -a -L -u -p -0 -e: -f:file -A:n -B:n -C:n -m:n -g: -t: -T: -d:n -j:n -M:n -r: -E:
  -. --ignore-case --case-sensitive --smart-case --invert-match --word-regexp --line-regexp --count --count-matches
  --files-with-matches --files-without-match --files --line-number --no-line-number --with-filename --no-filename --only-matching
  --quiet --fixed-strings --pcre2 --multiline --multiline-dotall --text --follow --hidden --no-ignore --no-ignore-vcs
  --no-ignore-parent --no-ignore-dot --unrestricted --pretty --null --regexp: --file:file --after-context:n --before-context:n
  --context:n --max-count:n --glob: --iglob: --type: --type-not: --type-list --max-depth:n --threads:n --max-columns:n
  --max-columns-preview --replace: --encoding: --color: --colors: --heading --no-heading --column --no-column --vimgrep --json
  --stats --sort: --sortr: --trim --no-messages --passthru --max-filesize: --line-buffered --no-config --no-follow --no-hidden
  --one-file-system --engine: --context-separator: --field-match-separator: --byte-offset --debug --trace --glob-case-insensitive`;

const patternOptions = ["-e", "-f", "--regexp", "--file"];

/** What it looks for: the first word, unless an option says it. */
const soughtBy = (use: Use): readonly string[] => {
  if (use.has(...patternOptions)) return use.values("-e", "--regexp");
  return use.operands.slice(0, 1).map(({ text }) => text);
};
const placesOf = (use: Use): readonly string[] =>
  placesIn(use.has(...patternOptions) ? use.operands : use.operands.slice(1));

/** Names that it looks for, and does not read. */
const foundNames = "-name -iname -path -ipath -wholename -iwholename -regex -iregex -lname -ilname".split(
  " ",
);

const find = `-name: -iname: -path: -ipath: -wholename: -iwholename: -regex: -iregex: -regextype: -type: -xtype: -size: -mtime: -mmin: -atime: -amin:
  -ctime: -cmin: -newer: -newermt: -anewer: -cnewer: -maxdepth:n -mindepth:n -empty -perm: -user: -group: -uid: -gid: -links: -inum:
  -samefile: -readable -writable -executable -nouser -nogroup -true -false -prune -print -print0 -printf: -ls -quit -depth -d
  -mount -xdev -follow -L -H -P -E -X -s -x -not -and -or -a -o ! ( ) , -noleaf -daystart -warn -nowarn -lname: -ilname: -used: -fstype:
  -ignore_readdir_race -O3 -O2 -O1`;

export const searchPrograms: readonly Program[] = [
  {
    names: "grep egrep fgrep zgrep",
    does: [looksOnly],
    options: grep,
    operands: "any",
    texts: soughtBy,
    below: (use) =>
      use.has("-r", "-R", "--recursive", "--dereference-recursive", "-d", "--directories")
        ? placesOf(use)
        : [],
    about: "-V",
  },
  {
    names: "rg",
    does: [looksOnly],
    options: ripgrep,
    operands: "any",
    texts: soughtBy,
    below: (use) => (use.has("--files", "--type-list") ? [] : placesOf(use)),
    otherwise: runsOthers,
    about: "-V -h",
  },
  {
    names: "ag",
    does: [looksOnly],
    options:
      "-i -l -L -n -w -v -c -C:n -A:n -B:n -Q -s -S -u -a -f -g: -G: -m:n -o -r -R --hidden --ignore: --nocolor --color --noheading --nogroup --stats",
    operands: "any",
    texts: soughtBy,
    below: placesOf,
    otherwise: runsOthers,
  },
  {
    names: "find gfind",
    style: "words",
    does: [looksOnly],
    options: find,
    texts: (use) => [...use.values(...foundNames), ...use.operands.map(({ text }) => text)],
    also: {
      "-delete": [deletesFound],
      "-fprint:out -fprint0:out -fls:out": [
        risk("writes", "medium", "writes files", "It creates files or replaces what is there."),
      ],
    },
    operands: "any",
    otherwise: runsOthers,
    startsBehind: { options: "-exec", found: { text: "./*", kind: "pattern" } },
  },
  {
    names: "fd fdfind",
    does: [looksOnly],
    options:
      "-H -I -u -s -i -g -F -a -l -L -p -0 -d:n -t: -e: -E: -c: -S: -j:n -1 -q -d:n --hidden --no-ignore --unrestricted --case-sensitive --ignore-case --glob --regex --fixed-strings --absolute-path --list-details --follow --full-path --print0 --max-depth:n --min-depth:n --exact-depth:n --type: --extension: --exclude: --color: --size: --changed-within: --changed-before: --owner: --max-results:n --quiet --threads:n --strip-cwd-prefix?: --one-file-system --prune",
    operands: "any",
    texts: operandsOf,
    otherwise: runsOthers,
    about: "-V -h",
  },
  {
    names: "locate mlocate plocate",
    does: [looksOnly],
    options: "-i -c -b -l:n -r: --ignore-case --count --basename --limit:n --regex",
    operands: "any",
  },
  {
    names: "jq",
    does: [looksOnly],
    options:
      "-r -j -a -s -c -C -M -S -e -n -R -f:script --raw-output --join-output --ascii-output --slurp --compact-output --color-output --monochrome-output --sort-keys --exit-status --null-input --raw-input --from-file:script --tab --indent:n --unbuffered --stream --seq",
    operands: "any",
    // Modules are looked for anywhere.
    check: ({ operands }) => (operands.some(({ text }) => /\b(import|include)\b/.test(text)) ? null : []),
    about: "-V -h",
  },
  {
    names: "yq xq tomlq",
    does: [looksOnly],
    options:
      "-r -j -c -C -M -S -e -n -P -N -o: -p: --raw-output --prettyPrint --output-format: --input-format: --no-colors --exit-status --null-input --indent:n --unwrapScalar?:",
    operands: "any",
    // `load("/x")` reads a file that no word names.
    check: ({ operands }) => (operands.some(({ text }) => /\bload/.test(text)) ? null : []),
    about: "-V -h",
  },
];
