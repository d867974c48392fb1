import { unknownWord } from "../command/word.ts";
import type { Risk } from "../contract.ts";
import { looksOnly, otherRights, outlives, runsAnother, showsEnvironment } from "./effects.ts";
import type { Program, Use } from "./form.ts";
import { named } from "./names.ts";

const asUser = (user: string | undefined): Risk =>
  user === undefined || user === "root"
    ? { ...otherRights, text: "runs as administrator", why: "It can change everything on this machine." }
    : { ...otherRights, text: `runs as user ${named(user)}` };
const asOther = (use: Use): readonly Risk[] => [asUser(use.values("-u").at(-1))];

/** Programs that start the one which follows, in the forms in which nothing else happens. */
const wrapper = (names: string, options: string, skip = 0, more: Partial<Program> = {}): Program => ({
  names,
  does: [],
  options,
  runs: { kind: "command", skip },
  otherwise: runsAnother,
  ...more,
});

export const wrapperPrograms: readonly Program[] = [
  wrapper("nice", "-n: --adjustment: -#"),
  wrapper("ionice", "-t --ignore -c: --class: -n: --classdata:"),
  wrapper("nohup", "", 0, { does: [outlives] }),
  wrapper("setsid", "-c --ctty -f --fork -w --wait", 0, { does: [outlives] }),
  wrapper(
    "timeout gtimeout",
    "--foreground --preserve-status -v --verbose -p -f -k: --kill-after: -s: --signal:",
    1,
  ),
  wrapper("stdbuf", "-i: --input: -o: --output: -e: --error:"),
  wrapper("time gtime", "-p -v --verbose -l -f: --format:"),
  wrapper("caffeinate", "-d -i -m -s -u -t: -w:"),
  wrapper("command", "-p -v -V", 0, { looksWith: "-v -V" }),
  wrapper("exec", "-c -l -a:"),
  wrapper("env", "-i --ignore-environment - -v --debug -u: --unset:", 0, {
    runs: { kind: "command", skip: 0, assigns: true },
    bare: [showsEnvironment],
  }),
  // What it reads from its input becomes words that nobody knows yet.
  wrapper(
    "xargs gxargs",
    "-0 -r -t -n:n -P:n -L:n -s:n -d: -I: --null --no-run-if-empty --verbose --max-args:n --max-procs:n --max-lines:n --delimiter:",
    0,
    {
      runs: { kind: "command", skip: 0, adds: [unknownWord] },
    },
  ),
  wrapper("sudo doas", "-n -E -H -k -S -b -u: -g:", 0, { once: true, check: asOther }),
  {
    names: "su",
    does: [],
    options: "-c: --command: -l --login - -s: --shell:",
    operands: "any",
    once: true,
    check: ({ operands }) => [asUser(operands.find(({ text }) => text !== "-")?.text)],
    otherwise: otherRights,
  },
  {
    names: "pkexec runuser runas",
    does: [otherRights],
    operands: "any",
    once: true,
    otherwise: otherRights,
  },
  {
    names:
      "parallel watch script flock strace ltrace gdb lldb screen tmux systemd-run start-stop-daemon chroot unshare nsenter rlwrap entr jupyter vi vim nvim ex ed emacs nano wsl",
    does: [runsAnother],
    operands: "anything",
    once: true,
  },
  { names: "man less more", does: [looksOnly], operands: "any", once: true, otherwise: runsAnother },
];
