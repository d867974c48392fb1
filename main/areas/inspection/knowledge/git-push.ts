import type { Risk } from "../contract.ts";
import type { Form, Use } from "./form.ts";
import { deletesRemote, forces, hooks, sends } from "./git-effects.ts";
import { isRemote } from "./git-remote.ts";
import { named, namedAll } from "./names.ts";

/** What is pushed goes by its name on the remote: `a:b` is b there. */
const nameThere = (reference: string): string => reference.replace(/^\+/, "").replace(/^.*:(?=.)/, "");

function pushed(use: Use): readonly Risk[] | null {
  const [to, ...references] = use.operands.map(({ text }) => text);
  if (!isRemote(to)) return null;
  const isForced = use.has("-f", "--force", "--force-with-lease", "--force-if-includes", "--mirror");
  const isDeleting = use.has("-d", "--delete");
  const gone = isDeleting ? references : references.filter((one) => /^\+?:./.test(one));
  const forced = references.filter((one) => !gone.includes(one) && (isForced || one.startsWith("+")));
  // An unknown option may have taken the next word for itself.
  const remote = !use.isKnown ? "a remote" : to === undefined ? "its remote" : named(to);
  const branches = (names: readonly string[], otherwise: string) =>
    names.length === 0 || !use.isKnown ? otherwise : namedAll(names.map(nameThere));
  const everything = use.has("--all", "--mirror", "--branches") ? "every branch" : "the current branch";
  return [
    ...(isForced || forced.length > 0
      ? [{ ...forces, text: `rewrites history of ${branches(forced, everything)} on ${remote}` }]
      : []),
    ...(gone.length > 0
      ? [{ ...deletesRemote, text: `deletes ${branches(gone, "branches")} on ${remote}` }]
      : []),
    ...(use.has("--prune", "--mirror")
      ? [{ ...deletesRemote, text: `deletes every branch on ${remote} that is not here` }]
      : []),
  ];
}

export const push: Form = {
  does: [sends, hooks],
  options:
    "-u --set-upstream --all --branches --tags --follow-tags --no-follow-tags --atomic -n --dry-run --porcelain -q --quiet -v --verbose --progress --no-progress --no-verify --verify --thin --no-thin -4 -6 --no-signed --recurse-submodules: -o: --push-option: -f --force --force-with-lease?: --force-if-includes --mirror -d --delete --prune",
  operands: "any",
  check: pushed,
};
