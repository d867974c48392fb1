import type { Judged } from "../command/judged.ts";
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
import { hooks } from "../knowledge/git-effects.ts";

/** Code that a command leads to besides its words. Whoever can look finds out whether that is all there is. */
export type Need =
  /** A file whose content is run; `by`: the program that runs it, or "" if the file says so itself. */
  | { readonly kind: "script"; readonly path: string; readonly by: string }
  /** A script of package.json, with those that run before and after it. */
  | { readonly kind: "package_script"; readonly name: string }
  /** What the repository has set up to run. */
  | { readonly kind: "hooks" }
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

export function needsOf({ started, packageScripts, risks }: Judged): readonly Need[] {
  const texts = new Set(risks.map(({ text }) => text));
  const isUnnamed = texts.has(projectScripts.text) && packageScripts.length === 0;
  return [
    ...started.map((script) => ({ kind: "script", ...script }) as const),
    ...packageScripts.map((name) => ({ kind: "package_script", name }) as const),
    ...(texts.has(hooks.text) ? [{ kind: "hooks" } as const] : []),
    ...(isUnnamed || [...texts].some((text) => ofProject.has(text)) ? [{ kind: "project" } as const] : []),
  ];
}
