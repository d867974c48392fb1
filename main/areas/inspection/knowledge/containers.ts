import { risk } from "../risks/risk.ts";
import { readsService, runsOthers } from "./effects.ts";
import type { Form, Program } from "./form.ts";

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
const acts = risk(
  "writes",
  "high",
  "changes what runs in the cluster",
  "Others who use the cluster may notice.",
);
const deletesThings = risk(
  "deletes",
  "high",
  "deletes things in the cluster",
  "What it names is gone for everybody.",
);

const look = (options = ""): Form => ({
  does: [looksAt],
  options: `-a --all -q --quiet -f: --filter: --format: --no-trunc -n:n --last:n -l --latest -s --size --tail: -t --timestamps --since: --until: --follow ${options}`,
  operands: "any",
});
const once = (...does: Form["does"]): Form => ({ does, operands: "any", once: true });

const docker: Readonly<Record<string, Form>> = {
  "ps images logs inspect version info top stats port history search diff events": look(
    "--no-stream --digests --type:",
  ),
  "image volume network system context": {
    does: [],
    commands: {
      "ls list inspect df info": look("-v --verbose"),
      "rm prune": once(deletes),
      "pull build push": once(runs, downloadsImages),
    },
  },
  container: { does: [], commands: { "ls list inspect logs": look(), "rm prune kill stop": once(deletes) } },
  "rm rmi prune kill stop down": once(deletes),
  "run exec build start restart up create compose pull push cp commit load import tag login": once(
    runs,
    downloadsImages,
  ),
};

const kubeOptions =
  "-n: --namespace: --context: -o: --output: -l: --selector: --field-selector: -A --all-namespaces --no-headers --show-labels --sort-by: -w --watch --request-timeout: --cluster:";
const kubeLook = (options = ""): Form => ({
  does: [readsService],
  options: `${kubeOptions} ${options}`,
  operands: "any",
});
const kubernetes: Readonly<Record<string, Form>> = {
  "get describe top explain api-resources api-versions cluster-info version events": kubeLook(
    "--ignore-not-found --chunk-size:n --label-columns: -L: --containers --client --recursive --api-group: --namespaced --verbs:",
  ),
  logs: kubeLook(
    "-f --follow -c: --container: --tail:n --since: --previous -p --timestamps --prefix --all-containers --max-log-requests:n",
  ),
  auth: {
    does: [readsService],
    options: kubeOptions,
    commands: { "can-i whoami": kubeLook("--list --as:") },
  },
  config: { does: [readsService], commands: { "current-context get-contexts get-clusters": kubeLook() } },
  rollout: {
    does: [],
    options: kubeOptions,
    commands: {
      "status history": kubeLook("--revision:n --timeout:"),
      "restart undo pause resume": once(acts),
    },
  },
  "delete drain": once(deletesThings, acts),
  "apply create replace patch edit scale set label annotate expose autoscale cordon uncordon taint":
    once(acts),
  "exec run attach port-forward proxy cp debug": once(acts, runsOthers),
};

export const containerPrograms: readonly Program[] = [
  {
    names: "docker podman nerdctl",
    does: [],
    options: "",
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
  {
    names: "kubectl oc",
    does: [],
    options: kubeOptions,
    commands: kubernetes,
    bare: [looksAt],
    otherwise: risk(
      "network",
      "high",
      "acts on a service in your name",
      "It uses your login to read or change things at a service.",
    ),
  },
];
