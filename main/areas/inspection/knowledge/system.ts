import { risk } from "../risks/risk.ts";
import { changesSystem } from "./effects.ts";
import type { Program } from "./form.ts";

const looksAtServices = risk("reads", "low", "looks at services", "It shows what runs on this machine.");
const ends = risk("deletes", "high", "ends programs", "Unsaved work in them is lost.");
const opens = risk("runs_code", "medium", "opens another program", "What opens depends on your desktop.");

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
    },
    bare: [looksAtServices],
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
      "shutdown reboot halt poweroff service launchctl init crontab at batch iptables nft ufw mount umount useradd usermod userdel passwd visudo sysctl modprobe insmod rmmod reg sc schtasks defaults",
    does: [changesSystem],
    operands: "anything",
    once: true,
  },
  { names: "kill pkill killall taskkill xkill", does: [ends], operands: "anything", once: true },
  { names: "open xdg-open start", does: [opens], operands: "anything", once: true },
];
