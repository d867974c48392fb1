import { risk } from "../risks/risk.ts";
import { changesSystem } from "./effects.ts";
import type { Form, Program } from "./form.ts";
import { namedAll } from "./names.ts";

const looksAtServices = risk("reads", "low", "looks at services", "It shows what runs on this machine.");
const ends = risk("deletes", "high", "ends programs", "Unsaved work in them is lost.");
const opens = risk("runs_code", "medium", "opens another program", "What opens depends on your desktop.");

const clock = risk(
  "writes",
  "high",
  "changes what runs by the clock",
  "It runs again and again, also when you are not there.",
);

const serviceVerbs = [
  ["start", "starts service"],
  ["stop", "stops service"],
  ["restart", "restarts service"],
  ["reload", "reloads service"],
  ["enable", "starts at every login or start of the machine:"],
  ["disable", "no longer starts by itself:"],
  ["mask", "blocks"],
  ["unmask", "unblocks"],
] as const;

const acting = (says: string): Form => ({
  does: [],
  options: "--now --no-block --no-pager -q --quiet --user --system --force -f --runtime",
  operands: "any",
  once: true,
  check: ({ operands, isKnown }) => {
    const units = operands.map(({ text }) => text);
    const what = isKnown && units.length > 0 ? namedAll(units) : "services";
    return [
      risk(
        "writes",
        "high",
        `${says} ${what}`,
        "It changes what runs on this machine, also after this task.",
      ),
    ];
  },
});

export const systemPrograms: readonly Program[] = [
  {
    names: "systemctl",
    does: [],
    options: "--user --no-pager -q --quiet -a --all -t: --type: --state: -l --full --no-legend --plain",
    commands: {
      "status show is-active is-enabled is-failed list-units list-unit-files list-timers cat": {
        does: [looksAtServices],
        options: "-n:n --lines:n -p: --property: --no-pager -a --all -t: --type: --state: --value",
        operands: "any",
      },
      ...Object.fromEntries(serviceVerbs.map(([verb, says]) => [verb, acting(says)])),
    },
    bare: [looksAtServices],
    otherwise: changesSystem,
  },
  {
    names: "crontab",
    does: [],
    options: "-l -e -r -i -u:",
    operands: "any",
    once: true,
    check: (use) => {
      if (use.has("-r")) return [{ ...clock, kind: "deletes", text: "deletes what runs by the clock" }];
      return use.has("-l") && use.isKnown && use.operands.length === 0 ? [looksAtServices] : [clock];
    },
    otherwise: changesSystem,
  },
  {
    names: "journalctl",
    does: [looksAtServices],
    options:
      "-u: --unit: -n:n --lines:n -f -r -e -x -b --since: --until: --no-pager -o: --output: -p: --priority: -k --user -q -g: --grep:",
    operands: "none",
    otherwise: changesSystem,
  },
  {
    names:
      "shutdown reboot halt poweroff service launchctl init at batch iptables nft ufw mount umount useradd usermod userdel passwd visudo sysctl modprobe insmod rmmod reg sc schtasks defaults",
    does: [changesSystem],
    operands: "anything",
    once: true,
  },
  { names: "kill pkill killall taskkill xkill", does: [ends], operands: "anything", once: true },
  { names: "open xdg-open start", does: [opens], operands: "anything", once: true },
];
