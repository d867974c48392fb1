import { risk } from "../risks/risk.ts";
import type { Risk } from "../contract.ts";
import { containerRun } from "./container-runs.ts";
import { contactsNetwork } from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";
import { namedAll } from "./names.ts";

const runs = risk(
  "runs_code",
  "high",
  "runs containers",
  "A container can reach your files if folders are shared with it.",
);
const downloadsImages = risk(
  "network",
  "medium",
  "may download images",
  "Images come from a registry on the network.",
);
const looksAt = risk(
  "reads",
  "low",
  "looks at containers",
  "It lists containers, images or what they print.",
);
const deletes = risk(
  "deletes",
  "high",
  "deletes containers, images or their data",
  "What was kept only in them is gone.",
);
const showsSettings = risk(
  "reads",
  "medium",
  "shows what containers were started with",
  "That includes their environment, where passwords often are.",
);
const GONE = "What was kept only in them is gone.";

/** "deletes container a, b" */
const removes =
  (what: string, why = GONE) =>
  (use: Use): readonly Risk[] => {
    const names = use.operands.map(({ text }) => text);
    if (!use.isKnown || names.length === 0) return [deletes];
    return [risk("deletes", "high", `deletes ${what} ${namedAll(names)}`, why)];
  };

function prunesAll(use: Use): readonly Risk[] {
  const images = use.has("-a", "--all") ? "every image that no container uses" : "images without a name";
  const volumes = use.has("--volumes") ? ", and volumes with their data" : "";
  return [
    risk("deletes", "high", `deletes stopped containers, unused networks and ${images}${volumes}`, GONE),
  ];
}

function stops(use: Use): readonly Risk[] {
  const names = use.operands.map(({ text }) => text);
  return [
    risk(
      "deletes",
      "high",
      `stops container ${namedAll(names)}`,
      "What it was doing ends; it can be started again.",
    ),
  ];
}

const removeOptions =
  "-f --force -v --volumes -l --link --no-prune -a --all --filter: -t:n --time:n -s: --signal: --platform:";
const removing = (check: NonNullable<Form["check"]>): Form => ({
  does: [],
  options: removeOptions,
  operands: "any",
  once: true,
  check,
});
const prunes = (what: string): Form =>
  removing(() => [risk("deletes", "high", `deletes every unused ${what}`, GONE)]);

const look = (options = ""): Form => ({
  does: [looksAt],
  options: `-a --all -q --quiet -f: --filter: --format: --no-trunc -n:n --last:n -l --latest -s --size --tail: -t --timestamps --since: --until: --follow ${options}`,
  operands: "any",
});
const once = (...does: Form["does"]): Form => ({ does, operands: "any", once: true });

const inspects: Form = { ...look("-v --verbose --type:"), does: [showsSettings] };

const docker: Readonly<Record<string, Form>> = {
  "ps images logs version info top stats port search diff events": look("--no-stream --digests --type:"),
  "inspect history": inspects,
  image: {
    does: [],
    commands: {
      "ls list": look("--digests"),
      "inspect history": inspects,
      rm: removing(removes("image")),
      prune: prunes("image"),
      "pull build push": once(runs, downloadsImages),
    },
  },
  volume: {
    does: [],
    commands: {
      "ls list": look(),
      inspect: inspects,
      rm: removing(removes("volume", "All data in it is gone.")),
      prune: prunes("volume, with its data"),
      create: once(runs),
    },
  },
  "network context": {
    does: [],
    commands: {
      "ls list inspect show": look("-v --verbose"),
      rm: removing(removes("network or context")),
      prune: prunes("network"),
    },
  },
  system: {
    does: [],
    commands: { "df info": look("-v --verbose"), prune: removing(prunesAll), events: look() },
  },
  container: {
    does: [],
    commands: {
      "ls list logs top stats port diff": look(),
      inspect: inspects,
      rm: removing(removes("container")),
      prune: prunes("container that has stopped"),
      "kill stop": removing(stops),
      "run create": containerRun([runs, downloadsImages]),
      exec: containerRun([runs]),
    },
  },
  rm: removing(removes("container")),
  rmi: removing(removes("image")),
  "kill stop": removing(stops),
  "run create": containerRun([runs, downloadsImages]),
  exec: containerRun([runs]),
  "build start restart up compose pull push cp commit load import tag login buildx swarm stack service": once(
    runs,
    downloadsImages,
  ),
};

export const containerPrograms: readonly Program[] = [
  {
    names: "docker podman nerdctl",
    does: [],
    options: "-l: --log-level: -D --debug",
    also: { "--context: -c: -H: --host:": [contactsNetwork] },
    commands: docker,
    bare: [looksAt],
    otherwise: runs,
    about: "-v",
  },
  {
    names: "docker-compose vagrant",
    does: [runs, downloadsImages],
    operands: "any",
    once: true,
    otherwise: runs,
  },
];
