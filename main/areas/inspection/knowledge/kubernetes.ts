import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import { actsOnService, readsService, runsOthers, usesKeys } from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";
import { givenBy, named, namedAll } from "./names.ts";

const GONE = "What it names is gone for everybody.";

const around = "-n: --namespace: --context: --cluster: --request-timeout: --user: -v:n";
const shown = `${around} -o: --output: -l: --selector: --field-selector: -A --all-namespaces --no-headers --show-labels --sort-by: -w --watch`;

/** "prod-eu-west-1", or which one the settings say. */
function clusterOf(use: Use): string {
  const context = givenBy(use, "--context", "--cluster");
  return context === undefined ? "the current cluster" : named(context);
}

function placeOf(use: Use): string {
  const namespace = givenBy(use, "-n", "--namespace");
  return namespace === undefined ? clusterOf(use) : `namespace ${named(namespace)} of ${clusterOf(use)}`;
}

const kinds: Readonly<Record<string, string>> = {
  ns: "namespace",
  namespaces: "namespace",
  po: "pod",
  pods: "pod",
  deploy: "deployment",
  deployments: "deployment",
  svc: "service",
  services: "service",
  sts: "statefulset",
  statefulsets: "statefulset",
  ds: "daemonset",
  cm: "configmap",
  secrets: "secret",
  no: "node",
  nodes: "node",
  pv: "persistentvolume",
  pvc: "persistentvolumeclaim",
  ing: "ingress",
  jobs: "job",
  cj: "cronjob",
  crd: "customresourcedefinition",
};
const kindOf = (text: string): string => kinds[text.toLowerCase()] ?? text;

/** "deployment web", "pods that match app=x", "what x.yaml lists" */
function thingsIn(use: Use): string {
  const files = use.values("-f", "--filename", "-k", "--kustomize");
  if (files.length > 0) return `what ${namedAll(files)} lists`;
  const words = use.operands.map(({ text }) => text);
  if (words.some((word) => word.includes("/"))) {
    return words
      .map((word) =>
        word
          .split("/", 2)
          .map((part, i) => named(i === 0 ? kindOf(part) : part))
          .join(" "),
      )
      .slice(0, 3)
      .join(", ");
  }
  const [kind = "", ...names] = words;
  const selector = givenBy(use, "-l", "--selector", "--field-selector");
  if (selector !== undefined) return `every ${named(kindOf(kind))} that matches ${named(selector)}`;
  return names.length === 0 ? `every ${named(kindOf(kind))}` : `${named(kindOf(kind))} ${namedAll(names)}`;
}

const isNamespace = (use: Use): boolean => /^(ns|namespaces?)(\/|$)/i.test(use.operands[0]?.text ?? "");

const acts = (use: Use, verb: string, why = "Others who use the cluster may notice."): readonly Risk[] => {
  if (!use.isKnown) return [risk("writes", "high", "changes what runs in a cluster", why)];
  return [risk("writes", "high", `${verb} ${thingsIn(use)} in ${placeOf(use)}`, why)];
};

function deletes(use: Use): readonly Risk[] {
  if (!use.isKnown) return [risk("deletes", "high", "deletes things in the cluster", GONE)];
  const everywhere = use.has("-A", "--all-namespaces") ? "every namespace of " : "";
  const place = isNamespace(use) || everywhere !== "" ? `${everywhere}${clusterOf(use)}` : placeOf(use);
  const why = isNamespace(use) ? "Everything in a namespace goes with it." : GONE;
  return [risk("deletes", "high", `deletes ${thingsIn(use)} in ${place}`, why)];
}

const look = (options = ""): Form => ({
  does: [],
  options: `${shown} ${options}`,
  operands: "any",
  check: ({ operands }) =>
    operands.some(({ text }) => /(^|,)secrets?([./,]|$)/i.test(text))
      ? [{ ...usesKeys, text: "reads secrets of a cluster" }]
      : [readsService],
});
const changing = (verb: string, options = ""): Form => ({
  does: [],
  options: `${shown} -f: --filename: -k: --kustomize: -R --recursive --dry-run?: --force --all --grace-period:n --timeout: --wait?: --record?: --overwrite?: --field-manager: ${options}`,
  operands: "any",
  once: true,
  check: (use) => acts(use, verb),
});

const commands: Readonly<Record<string, Form>> = {
  "get describe top explain api-resources api-versions cluster-info version events": look(
    "--ignore-not-found --chunk-size:n --label-columns: -L: --containers --client --recursive --api-group: --namespaced --verbs:",
  ),
  logs: look(
    "-f --follow -c: --container: --tail:n --since: --previous -p --timestamps --prefix --all-containers --max-log-requests:n",
  ),
  auth: {
    does: [],
    options: shown,
    commands: { "can-i whoami": { does: [readsService], options: `${shown} --list --as:`, operands: "any" } },
  },
  config: {
    does: [],
    commands: {
      "current-context get-contexts get-clusters": { does: [readsService], options: shown, operands: "any" },
    },
  },
  rollout: {
    does: [],
    options: shown,
    commands: {
      "status history": look("--revision:n --timeout:"),
      restart: changing("restarts"),
      undo: changing("rolls back", "--to-revision:n"),
      pause: changing("pauses"),
      resume: changing("resumes"),
    },
  },
  delete: {
    ...changing("deletes"),
    options: `${shown} -f: --filename: -k: --kustomize: -R --recursive --dry-run?: --force --all --now --grace-period:n --timeout: --wait?: --cascade?: --ignore-not-found?:`,
    check: deletes,
  },
  drain: {
    does: [],
    options: `${around} --ignore-daemonsets --delete-emptydir-data --force --grace-period:n --timeout: -l: --selector: --disable-eviction`,
    operands: "any",
    once: true,
    check: (use) => [
      risk(
        "deletes",
        "high",
        `moves everything off node ${namedAll(use.operands.map(({ text }) => text))} in ${clusterOf(use)}`,
        "Programs on it are ended and started elsewhere, if there is room.",
      ),
    ],
  },
  apply: changing("changes", "--server-side --prune --force-conflicts"),
  create: changing("creates", "--from-literal: --from-file: --image: --replicas:n --save-config"),
  replace: changing("replaces", "--cascade?: --save-config"),
  patch: changing("changes", "-p: --patch: --type: --patch-file:"),
  edit: changing("changes"),
  scale: changing("scales", "--replicas:n --current-replicas:n"),
  "set label annotate taint expose autoscale": changing(
    "changes",
    "--port: --target-port: --name: --type: --min:n --max:n --cpu-percent:n --list --env: -c: --containers:",
  ),
  "cordon uncordon": changing("closes or opens node"),
  "exec run attach port-forward proxy cp debug": {
    does: [runsOthers],
    options: `${around} -i -t --stdin --tty -c: --container: --image: --rm --restart:`,
    operands: "any",
    endsOptions: true,
    once: true,
    check: (use) => [
      risk("runs_code", "high", `works inside of ${placeOf(use)}`, "Gatehouse can't see what happens there."),
    ],
  },
};

const helm: Readonly<Record<string, Form>> = {
  "list ls status history show search version env": {
    does: [readsService],
    options:
      "-n: --namespace: --kube-context: -o: --output: -A --all-namespaces -a --all -q --short --max:n -m:n --revision:n --version: -d --date -r --reverse",
    operands: "any",
  },
  get: {
    does: [{ ...usesKeys, text: "reads the values of a release" }],
    options: "-n: --namespace: --kube-context: -o: --output: -a --all --revision:n",
    operands: "any",
  },
  "uninstall un delete del": {
    does: [],
    options:
      "-n: --namespace: --kube-context: --keep-history --wait --timeout: --dry-run --no-hooks --cascade:",
    operands: "any",
    once: true,
    check: (use) => [
      risk(
        "deletes",
        "high",
        `deletes release ${namedAll(use.operands.map(({ text }) => text))} in ${placeOf({ ...use, around: (...options) => use.around(...options.flatMap((one) => (one === "--context" ? ["--kube-context"] : [one]))) })}`,
        GONE,
      ),
    ],
  },
};

export const kubernetesPrograms: readonly Program[] = [
  {
    names: "kubectl oc",
    does: [],
    options: around,
    commands,
    bare: [readsService],
    otherwise: actsOnService,
  },
  {
    names: "helm",
    does: [],
    options: "-n: --namespace: --kube-context: --debug",
    commands: helm,
    bare: [readsService],
    otherwise: actsOnService,
  },
];
