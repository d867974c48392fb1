import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import type { Form, Use } from "./form.ts";
import { named } from "./names.ts";

const high = (text: string, why: string): Risk => risk("runs_code", "high", text, why);

const privileged = high(
  "gives the container every right on this machine",
  "A privileged container can change the machine itself: its disks, its devices and its other programs.",
);
const everyNetwork = high(
  "shares this machine's network with the container",
  "What runs in it reaches everything that listens on this machine alone.",
);
const everyProgram = high(
  "lets the container at this machine's programs",
  "It shares what usually keeps them apart.",
);
const control = high(
  "hands Docker itself to the container",
  "Whoever reaches Docker can start anything on this machine, with every right.",
);
const unprotected = high("takes protections off the container", "It may do what containers usually can't.");
const devices = high("hands devices of this machine to the container", "It may read and write them.");

const shares = (place: string): Risk =>
  high(
    `shares ${named(place)} with the container`,
    "What runs in it can read that folder, and change it unless it says `ro`.",
  );

/** `-v SOURCE:TARGET` and `--mount type=bind,source=SOURCE,…`; a plain name is a volume of Docker's own. */
function sourcesIn(use: Use): readonly string[] {
  const volumes = use
    .values("-v", "--volume")
    .flatMap((value) => (value.includes(":") ? [value.split(":")[0] ?? ""] : []));
  const mounts = use
    .values("--mount")
    .flatMap((value) => /(?:^|,)(?:source|src)=([^,]+)/.exec(value)?.[1] ?? []);
  return [...volumes, ...mounts].filter((source) => /^[/~.$]|^[A-Za-z]:[\\/]/.test(source));
}

export function containerReach(use: Use): readonly Risk[] {
  const sources = sourcesIn(use);
  const isHost = (...options: readonly string[]) => use.values(...options).some((value) => value === "host");
  return [
    ...(use.has("--privileged") ? [privileged] : []),
    ...(sources.some((source) => /docker\.sock|containerd\.sock|podman\.sock/.test(source)) ? [control] : []),
    ...sources.slice(0, 5).map(shares),
    ...(isHost("--net", "--network") ? [everyNetwork] : []),
    ...(isHost("--pid", "--ipc", "--uts", "--userns", "--cgroupns") ? [everyProgram] : []),
    ...(use.values("--cap-add", "--security-opt").length > 0 ? [unprotected] : []),
    ...(use.values("--device", "--device-cgroup-rule").length > 0 ? [devices] : []),
  ];
}

/** What `docker run`, `create` and `exec` take. What stands behind the image is for the container. */
export const containerOptions =
  "--rm -i -t -d --detach --interactive --tty --name: -e: --env: --env-file:file -p: --publish: -P --publish-all -v: --volume: --mount: -w: --workdir: -u: --user: --network: --net: --network-alias: --entrypoint: --platform: --pull: -m: --memory: --memory-swap: --cpus: --cpu-shares:n --restart: --label: -l: --hostname: -h: --add-host: --dns: --init --privileged --pid: --ipc: --uts: --userns: --cgroupns: --cap-add: --cap-drop: --device: --device-cgroup-rule: --security-opt: --gpus: --shm-size: --tmpfs: --read-only --link: --log-driver: --log-opt: --ulimit: --stop-signal: --stop-timeout:n -q --quiet --volumes-from: --group-add: --health-cmd: --no-healthcheck --expose: --cidfile:out --sysctl: --ip:";

export const containerRun = (does: Form["does"]): Form => ({
  does,
  options: containerOptions,
  operands: "any",
  endsOptions: true,
  once: true,
  check: containerReach,
});
