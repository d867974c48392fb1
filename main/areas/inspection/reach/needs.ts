import type { Judged } from "../command/judged.ts";
import { baseName } from "../command/program-name.ts";
import {
  fetchesAndRuns,
  installScripts,
  projectBuild,
  projectCode,
  projectPlugins,
  projectScripts,
  projectSettings,
  projectTests,
} from "../knowledge/effects.ts";
import {
  contacts,
  deletesReferences,
  discards,
  hooks,
  otherRepository,
  removesObjects,
} from "../knowledge/git-effects.ts";

/** Code that a command leads to besides its words. Whoever can look finds out whether that is all there is. */
export type Need =
  /** A file whose content is run; `by`: the program that runs it, or "" if the file says so itself. */
  | { readonly kind: "script"; readonly path: string; readonly by: string }
  /** A script of package.json, with those that run before and after it. */
  | { readonly kind: "package_script"; readonly name: string }
  /** What the repository has set up to run: with `few`, the hooks of a commit and the like are not among it. `elsewhere`: `-C` names the folder. `folders`: where it may run besides. */
  | {
      readonly kind: "repository";
      readonly few: boolean;
      readonly elsewhere: boolean;
      readonly folders: readonly string[];
    }
  /** Whatever the project holds: its tests, its build, its plug-ins. Nobody can say what that is. */
  | { readonly kind: "project" };

const ofProject = new Set(
  [
    projectBuild,
    projectTests,
    projectSettings,
    projectCode,
    projectPlugins,
    installScripts,
    fetchesAndRuns,
  ].map(({ text }) => text),
);

/** What git does when hooks of many kinds may run. Otherwise it looks, or changes references or the index. */
const withHooks = new Set(
  [hooks, contacts, discards, removesObjects, deletesReferences].map(({ text }) => text),
);

export function needsOf({ started, packageScripts, programs, risks, folders }: Judged): readonly Need[] {
  const texts = new Set(risks.map(({ text }) => text));
  const isUnnamed = texts.has(projectScripts.text) && packageScripts.length === 0;
  return [
    ...started.map((script) => ({ kind: "script", ...script }) as const),
    ...packageScripts.map((name) => ({ kind: "package_script", name }) as const),
    ...(programs.some((program) => baseName(program) === "git")
      ? [
          {
            kind: "repository",
            few: ![...texts].some((text) => withHooks.has(text)),
            elsewhere: texts.has(otherRepository.text),
            folders,
          } as const,
        ]
      : []),
    ...(isUnnamed || [...texts].some((text) => ofProject.has(text)) ? [{ kind: "project" } as const] : []),
  ];
}
