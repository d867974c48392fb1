import type { Risk } from "../contract.ts";
import { risk } from "./risk.ts";

const words = (text: string) => text.trim().split(/\s+/);

const groups: readonly { readonly programs: readonly string[]; readonly risks: readonly Risk[] }[] = [
  {
    programs:
      words(`ls cat head tail wc grep egrep fgrep rg stat file du df which whereis pwd echo printf date cal whoami id
      groups uname env printenv tree diff cmp comm sort uniq cut tr column nl od xxd hexdump strings jq yq basename dirname
      realpath readlink md5sum sha1sum sha256sum sha512sum cksum shasum md5 ps pgrep top free uptime hostname arch nproc true
      false test [ sleep seq expr bc find fd locate lsof tac rev fold less more type man sed awk gawk`),
    risks: [
      risk("reads", "low", "reads only", "This program looks at things and changes nothing by itself."),
    ],
  },
  {
    programs: words(
      `eslint oxlint biome tsc flake8 mypy pyright ruff shellcheck golangci-lint gofmt prettier black isort rustfmt clang-format`,
    ),
    risks: [
      risk(
        "runs_code",
        "low",
        "runs the project's settings",
        "Checkers may load plug-ins and settings from the project.",
      ),
      risk("writes", "low", "may tidy files", "Some checkers rewrite the files that they check."),
    ],
  },
  {
    programs: words(
      "cp mv mkdir touch ln tee install split csplit gzip gunzip bzip2 xz zstd zip unzip patch sqlite3 protoc",
    ),
    risks: [risk("writes", "medium", "writes files", "It creates files or replaces what is there.")],
  },
  {
    programs: words("tar rsync cpio ar 7z"),
    risks: [risk("writes", "medium", "writes many files", "It can create or replace many files at once.")],
  },
  {
    programs: words("chmod chown chgrp chattr setfacl xattr"),
    risks: [risk("writes", "medium", "changes who may use files", "It changes owners or rights of files.")],
  },
  {
    programs: words("rmdir unlink"),
    risks: [risk("deletes", "medium", "deletes files", "What it deletes does not go to the trash.")],
  },
  {
    programs: words("shred srm wipe truncate"),
    risks: [risk("deletes", "high", "destroys contents", "What was in the files can't be brought back.")],
  },
  {
    programs: words("dd mkfs fdisk parted sfdisk diskutil wipefs format mkswap losetup cryptsetup"),
    risks: [
      risk(
        "deletes",
        "high",
        "can overwrite whole disks",
        "A wrong word here destroys everything on a disk.",
      ),
    ],
  },
  {
    programs: words("ping dig host nslookup whois traceroute mtr"),
    risks: [risk("network", "low", "asks the network", "It sends small questions to other machines.")],
  },
  {
    programs: words("nc ncat netcat socat telnet ftp sftp scp rclone aria2c"),
    risks: [
      risk(
        "network",
        "high",
        "moves data over the network",
        "It can send your data to another machine, or fetch some.",
      ),
    ],
  },
  {
    programs: words("ssh mosh rsh"),
    risks: [
      risk("network", "high", "works on another machine", "Gatehouse can't see what happens there."),
      risk(
        "runs_code",
        "high",
        "runs commands elsewhere",
        "The command runs on the other machine, with your keys.",
      ),
    ],
  },
  {
    programs: words(
      "gh glab hub aws gcloud az doctl heroku vercel netlify fly flyctl wrangler terraform tofu pulumi ansible ansible-playbook helm kubectl",
    ),
    risks: [
      risk(
        "network",
        "high",
        "acts on a service in your name",
        "It uses your login to read or change things at a service.",
      ),
    ],
  },
  {
    programs: words("docker podman nerdctl docker-compose vagrant"),
    risks: [
      risk(
        "runs_code",
        "high",
        "runs containers",
        "A container can reach your files if folders are shared with it.",
      ),
      risk("network", "medium", "may download images", "Images come from a registry on the network."),
    ],
  },
  {
    programs: words("sudo doas su pkexec runuser runas"),
    risks: [
      risk(
        "runs_code",
        "high",
        "runs with other rights",
        "It acts as another user, most likely as administrator.",
      ),
    ],
  },
  {
    programs: words(
      "shutdown reboot halt poweroff systemctl service launchctl init crontab at batch iptables nft ufw mount umount useradd usermod userdel passwd visudo sysctl modprobe insmod rmmod reg sc schtasks defaults",
    ),
    risks: [
      risk("writes", "high", "changes the system", "It changes how this machine runs, also after this task."),
    ],
  },
  {
    programs: words("kill pkill killall taskkill xkill"),
    risks: [risk("deletes", "high", "ends programs", "Unsaved work in them is lost.")],
  },
  {
    programs: words(
      "make gmake cmake ninja meson gradle gradlew mvn ant bazel just task rake tox nox invoke",
    ),
    risks: [
      risk(
        "runs_code",
        "medium",
        "runs the project's build",
        "What runs is written in the project's own files, which agents can change.",
      ),
    ],
  },
  {
    programs: words("pytest jest vitest mocha ava rspec phpunit ctest playwright cypress"),
    risks: [
      risk(
        "runs_code",
        "medium",
        "runs the project's tests",
        "Tests are code of the project, which agents can change.",
      ),
    ],
  },
  {
    programs: words(
      "xargs parallel watch script flock strace ltrace gdb lldb screen tmux expect eval systemd-run start-stop-daemon chroot unshare nsenter",
    ),
    risks: [
      risk(
        "runs_code",
        "high",
        "runs another program",
        "It starts programs of its own, which Gatehouse can't check.",
      ),
    ],
  },
  {
    programs: words("open xdg-open start"),
    risks: [risk("runs_code", "medium", "opens another program", "What opens depends on your desktop.")],
  },
  {
    programs: words("security gpg pass op bw vault ssh-add ssh-keygen keychain secret-tool"),
    risks: [risk("reads", "high", "uses keys or passwords", "It can show or change your keys.")],
  },
];

const byProgram = new Map(
  groups.flatMap(({ programs, risks }) => programs.map((name) => [name, risks] as const)),
);

export const programRisks = (program: string): readonly Risk[] | null => byProgram.get(program) ?? null;
