import { isHarmlessVariable } from "../command/variables.ts";
import { looksOnly, showsEnvironment } from "./effects.ts";
import { operandsOf } from "./form.ts";
import type { Program } from "./form.ts";

/** Programs that look at files or the machine, and have no option that does more. */
const looking = (names: string, options: string, more: Partial<Program> = {}): Program => ({
  names,
  does: [looksOnly],
  options,
  operands: "any",
  ...more,
});

export const lookingPrograms: readonly Program[] = [
  looking(
    "ls dir vdir",
    "-a -A -l -h -R -r -t -S -1 -d -F -G -i -n -o -g -p -s -u -c -x -C -m -k -L -H -X -U -v -N -Q -b -B -q -f -w:n -T:n -I: -Z -D -e -O -P --all --almost-all --human-readable --recursive --reverse --size --directory --classify?: --color?: --group-directories-first --sort: --time: --time-style: --full-time --si --inode --no-group --numeric-uid-gid --ignore: --hide: --dereference --file-type --indicator-style: --quoting-style: --block-size: --format: --width:n --zero",
    { texts: operandsOf },
  ),
  looking(
    "cat tac",
    "-n -b -s -A -e -t -v -E -T -u --number --number-nonblank --squeeze-blank --show-all --show-ends --show-tabs --show-nonprinting -r",
  ),
  looking("head", "-# -n:n -c:n -q -v -z --lines:n --bytes:n --quiet --verbose --zero-terminated"),
  looking(
    "tail",
    "-# +-# -n:n -c:n -f -F -q -v -z -r -s:n --lines:n --bytes:n --quiet --verbose --follow?: --retry --pid:n --sleep-interval:n --zero-terminated",
  ),
  looking("wc", "-l -w -c -m -L --lines --words --bytes --chars --max-line-length --total:", {
    texts: operandsOf,
  }),
  looking(
    "stat",
    "-c: -f -L -t -x -F -l -n -q -r -s --format: --printf: --file-system --dereference --terse",
    { texts: operandsOf },
  ),
  looking(
    "du",
    "-a -h -s -c -k -m -b -x -L -D -H -P -S -l -d:n -t: --all --human-readable --summarize --total --max-depth:n --apparent-size --one-file-system --exclude: --si --threshold: --time?: --block-size: --inodes -g -I:",
  ),
  looking(
    "df",
    "-a -h -H -i -k -l -m -P -T -t: -x: --all --human-readable --si --inodes --local --print-type --total --type: --exclude-type: --output?: --block-size: -g -b",
  ),
  looking("which", "-a -s --all --skip-alias --skip-functions"),
  looking("whereis", "-b -m -s -u"),
  looking(
    "uname",
    "-a -s -n -r -v -m -p -i -o --all --kernel-name --kernel-release --machine --operating-system",
  ),
  looking("id groups", "-u -g -G -n -r -a -z --user --group --groups --name --real"),
  looking("whoami arch nproc tty logname users", "-s --all --ignore:n --silent"),
  looking(
    "date",
    "-u -I?: -R -d: -r: -j -n -v: --utc --universal --iso-8601?: --rfc-3339: --rfc-email --date: --reference: --debug",
    {
      // A word without `+` sets the clock.
      check: ({ operands }) => (operands.every(({ text }) => text.startsWith("+")) ? [] : null),
    },
  ),
  looking("cal ncal", "-1 -3 -y -m -j -s -w -h -b -A:n -B:n"),
  looking("hostname", "-s -f -i -I -d -A --short --fqdn --ip-address --all-ip-addresses --domain", {
    check: ({ operands }) => (operands.length === 0 ? [] : null),
  }),
  looking(
    "uptime free",
    "-p -s -h -b -k -m -g -t -w -l --pretty --since --human --mega --giga --total --wide",
  ),
  looking(
    "ps",
    "-e -f -A -a -x -u -l -w -j -o: -p: -C: -U: -H -L -T --forest --sort: --no-headers --pid: --ppid: -g: -t: -y -M -r -m",
    {
      // `e` shows what others keep in their environment.
      check: ({ operands }) => (operands.every(({ text }) => /^([auxwfljT]+|\d+)$/.test(text)) ? [] : null),
    },
  ),
  looking(
    "pgrep",
    "-f -l -a -x -n -o -c -i -v -u: -U: -P: -g: -t: --full --list-name --list-full --exact --newest --oldest --count --ignore-case --parent:",
  ),
  looking(
    "tree",
    "-a -d -f -l -L:n -P: -I: -i -s -h -D -F -C -n -r -t -p -u -g -x --du --dirsfirst --noreport --gitignore --prune --filelimit:n --matchdirs --ignore-case --charset: -J -X --sort: -Q -N --filesfirst --si",
  ),
  looking("cmp", "-b -i: -l -n: -s --print-bytes --ignore-initial: --verbose --bytes: --silent --quiet"),
  looking(
    "diff",
    "-u -U:n -c -C:n -r -q -s -i -w -b -B -E -Z -N -a -y -t -e -n -d -p -W:n -x: -I: -X:file --unified?:n --context?:n --recursive --brief --report-identical-files --ignore-case --ignore-all-space --ignore-space-change --ignore-blank-lines --ignore-trailing-space --strip-trailing-cr --new-file --text --side-by-side --suppress-common-lines --color?: --exclude: --minimal --width:n --label: -L: --no-dereference --left-column --ignore-matching-lines: --normal",
    { below: (use) => (use.has("-r", "--recursive") ? operandsOf(use) : []) },
  ),
  looking(
    "comm",
    "-1 -2 -3 -i -z --check-order --nocheck-order --output-delimiter: --total --zero-terminated",
  ),
  looking(
    "file",
    "-b -i -I -L -h -k -N -n -r -s -0 -F: -e: --brief --mime --mime-type --mime-encoding --dereference --extension --no-pad --raw --separator: --exclude:",
  ),
  looking("nl", "-a -b: -d: -f: -h: -i:n -l:n -n: -p -s: -v:n -w:n --body-numbering: --number-width:n"),
  looking(
    "od hexdump hd",
    "-A: -t: -j: -N: -v -c -d -x -b -o -a -s: -n: -C -e: -w?:n -S?:n -i -l --address-radix: --format: --skip-bytes: --read-bytes: --endian:",
  ),
  looking(
    "strings",
    "-a -f -n:n -t: -e: -o -s: -w -d -# --all --print-file-name --bytes:n --radix: --encoding:",
  ),
  looking("basename dirname", "-a -s: -z --multiple --suffix: --zero"),
  looking(
    "realpath readlink",
    "-e -f -m -n -q -s -z -L -P -v --canonicalize --canonicalize-existing --canonicalize-missing --no-newline --quiet --relative-to: --relative-base: --strip --no-symlinks --logical --physical --zero",
  ),
  looking(
    "md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum md5",
    "-b -c -t -z -a: -w -q -r -s -l:n --binary --check --tag --text --zero --ignore-missing --quiet --status --strict --warn --algorithm: --untagged --raw --base64 --length:n -s -U -0 -p -x",
  ),
  looking("tput", "-T:", {
    check: ({ operands }) =>
      /^(cols|lines|colors|bold|sgr0|setaf|setab|smul|rmul)$/.test(operands[0]?.text ?? "") ? [] : null,
  }),
  looking("getconf locale", "-a -m -k -c -v:"),
  looking("lsof", "-i?: -p: -n -P -u: -c: -t -a -l -w -s?:"),
  looking(
    "nm objdump readelf size",
    "-a -d -D -g -h -l -n -S -s -t -u -x -C -A -W -f -e -r -p -T --demangle --dynamic --all-headers --headers --symbols --sections --file-headers --wide",
  ),
  // Prints, whatever it is given.
  { names: "echo true false :", does: [looksOnly], operands: "anything", texts: operandsOf },
  looking("seq expr sleep", "-f: -s: -w --format: --separator: --equal-width -# -t:"),
  looking("factor numfmt", "--from: --to: --field: --suffix: --padding:n -d: --header?:n --format: --round:"),
  looking("printenv", "-0 --null", {
    does: [],
    check: ({ operands }) =>
      operands.length > 0 &&
      operands.every(({ text }) => isHarmlessVariable(text) || /^(PATH|HOME|USER|SHELL|PWD)$/.test(text))
        ? [looksOnly]
        : [showsEnvironment],
  }),
];
