import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import { actsOnService, readsService, usesKeys } from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";
import { givenBy, named, namedAll } from "./names.ts";

const GONE = "What it names is gone for everybody.";
const words = (use: Use) => use.operands.map(({ text }) => text);

/** What looks, and what takes away: the first word of a verb such as `describe-instances`. */
const looking = /^(describe|list|get|head|batch-get|lookup|search|filter|estimate|wait|ls)(-|$)/;
const removing =
  /^(delete|terminate|remove|purge|destroy|deregister|revoke|release|disassociate|detach|cancel|rb|rm)(-|$)/;
/** What looks at something that opens doors. */
const keys =
  /secret|password|token|credential|parameter|private-key|login|session|kubeconfig|authorization|key-pair|access-key|user-data|environment|function-configuration|get-function$/;

const awsOptions =
  "--profile: --region: --output: --query: --no-cli-pager --no-paginate --max-items:n --page-size:n --no-sign-request --color: --starting-token: --cli-read-timeout:n --cli-connect-timeout:n --no-verify-ssl";
const awsSelectors =
  "--filters: --filter: --instance-ids: --instance-id: --image-ids: --owners: --names: --name: --cluster: --clusters: --services: --service: --tasks: --stack-name: --bucket: --prefix: --key: --log-group-name: --log-group-names: --log-stream-name: --log-group-name-prefix: --start-time: --end-time: --filter-pattern: --function-name: --table-name: --queue-url: --queue-name: --topic-arn: --role-name: --user-name: --policy-arn: --group-ids: --vpc-ids: --subnet-ids: --db-instance-identifier: --db-cluster-identifier: --load-balancer-arns: --target-group-arn: --hosted-zone-id: --repository-name: --repository-names: --stage: --rest-api-id: --metric-name: --namespace: --dimensions: --period:n --statistics: --resource-arn: --arn: --limit:n --max-results:n --recursive --human-readable --summarize --force --dryrun --quiet --exclude: --include: --delete --acl: --skip-final-snapshot --yes --id: --ids: --distribution-id: --domain-name:";

/** "in eu-west-1 with profile prod", as far as the words say. */
function awsPlace(use: Use): string {
  const region = givenBy(use, "--region");
  const profile = givenBy(use, "--profile");
  return `${region === undefined ? "" : ` in ${named(region)}`}${profile === undefined ? "" : ` with profile ${named(profile)}`}`;
}

function s3(use: Use, [verb = "", ...places]: readonly string[]): readonly Risk[] | null {
  const place = awsPlace(use);
  switch (verb) {
    case "ls":
      return [readsService];
    case "rm":
    case "rb": {
      const everything = use.has("--recursive", "--force") ? "everything below " : "";
      return [risk("deletes", "high", `deletes ${everything}${namedAll(places)}${place}`, GONE)];
    }
    case "cp":
    case "mv":
    case "sync": {
      const copies = risk(
        "network",
        "high",
        `${verb === "mv" ? "moves" : "copies"} ${places.slice(0, 2).map(named).join(" to ")}${place}`,
        "Data goes to or comes from a bucket.",
      );
      const gone = risk("deletes", "high", "deletes what is not in the source", GONE);
      return use.has("--delete") ? [gone, copies] : [copies];
    }
    default:
      return null;
  }
}

function aws(use: Use): readonly Risk[] | null {
  const [service = "", ...rest] = words(use);
  const [verb = ""] = rest;
  if (!use.isKnown) return null;
  if (service === "s3") return s3(use, rest);
  if (service === "sts" && verb === "get-caller-identity") return [readsService];
  if (keys.test(verb) || service === "secretsmanager" || service === "sts") return [usesKeys];
  if (looking.test(verb)) return [readsService];
  if (!removing.test(verb)) return null;
  const targets = [...use.values(...awsTargets), ...rest.slice(1)];
  const which = targets.length === 0 ? "" : ` ${namedAll(targets)}`;
  return [
    risk(
      "deletes",
      "high",
      `has ${named(service)} ${named(verb).replaceAll("-", " ")}${which}${awsPlace(use)}`,
      GONE,
    ),
  ];
}
const awsTargets = (awsSelectors.match(/--[\w-]+(?=:)/g) ?? []).filter(
  (option) => !/filter|time|period|statistic|max|limit|exclude|include|acl/.test(option),
);

/** Groups of gcloud and az that name things and have no effect by themselves. */
const groups = new Set(
  "compute instances instance-groups disks networks subnets subnet firewall-rules addresses images zones regions snapshots container clusters node-pools projects run services revisions functions sql databases backups storage buckets objects iam service-accounts roles logging logs sinks pubsub topics subscriptions artifacts repositories docker app versions dns managed-zones record-sets builds triggers organizations folders billing accounts monitoring vm vmss group account aks network vnet nsg public-ip webapp functionapp acr cosmosdb redis keyvault resource deployment db server beta alpha".split(
    " ",
  ),
);
const grouped =
  (project: readonly string[], place: (use: Use) => string) =>
  (use: Use): readonly Risk[] | null => {
    const all = words(use);
    const at = all.findIndex((word) => !groups.has(word));
    const verb = all[at] ?? "";
    if (!use.isKnown || at < 1) return null;
    if (all.slice(0, at).includes("keyvault")) return [usesKeys];
    if (/^(list|describe|show)$/.test(verb)) return [readsService];
    if (verb !== "delete") return null;
    const names = [...all.slice(at + 1), ...use.values(...project)];
    return [
      risk(
        "deletes",
        "high",
        `deletes ${all.slice(0, at).map(named).join(" ")} ${namedAll(names)}${place(use)}`,
        GONE,
      ),
    ];
  };
const inOption = (use: Use, what: string, ...options: readonly string[]) => {
  const given = givenBy(use, ...options);
  return given === undefined ? "" : ` in ${what} ${named(given)}`;
};

const asked = (form: Omit<Form, "does">): Form => ({ does: [], operands: "any", once: "high", ...form });

export const cloudPrograms: readonly Program[] = [
  {
    names: "aws",
    ...asked({ options: `${awsOptions} ${awsSelectors}`, check: aws }),
    bare: [readsService],
    otherwise: actsOnService,
  },
  {
    names: "gcloud",
    ...asked({
      options:
        "--project: --region: --zone: --location: --format: --filter: --limit:n --page-size:n --sort-by: --account: -q --quiet --uri --flatten: --cluster: --verbosity:",
      check: grouped([], (use) => inOption(use, "project", "--project")),
    }),
    otherwise: actsOnService,
  },
  {
    names: "az",
    ...asked({
      options:
        "-g: --resource-group: -n: --name: -o: --output: --query: --subscription: --all --only-show-errors --ids: -y --yes --no-wait",
      check: grouped(["-n", "--name", "--ids"], (use) => inOption(use, "group", "-g", "--resource-group")),
    }),
    otherwise: actsOnService,
  },
  {
    names: "glab hub doctl heroku vercel netlify fly flyctl wrangler pulumi ansible ansible-playbook",
    does: [actsOnService],
    operands: "anything",
    once: true,
  },
];
