import { cloudPrograms } from "./clouds.ts";
import { containerPrograms } from "./containers.ts";
import { databasePrograms } from "./databases.ts";
import { filePrograms } from "./files.ts";
import { filterPrograms } from "./filters.ts";
import type { Form, Program } from "./form.ts";
import { gitPrograms } from "./git.ts";
import { goPrograms } from "./go.ts";
import { interpreterPrograms } from "./interpreters.ts";
import { kubernetesPrograms } from "./kubernetes.ts";
import { launcherPrograms } from "./launchers.ts";
import { lookingPrograms } from "./looking.ts";
import { networkPrograms } from "./network.ts";
import { nodePackagePrograms } from "./node-packages.ts";
import { optionTable } from "./option-list.ts";
import type { OptionTable } from "./option-list.ts";
import { otherMachinePrograms } from "./other-machines.ts";
import { packagePrograms } from "./packages.ts";
import { projectPrograms } from "./project-tools.ts";
import { searchPrograms } from "./search.ts";
import { servicePrograms } from "./services.ts";
import { shellPrograms } from "./shell-builtins.ts";
import { systemPrograms } from "./system.ts";
import { wrapperPrograms } from "./wrappers.ts";

/** Every family. A program is in one of them. */
export const families: readonly (readonly Program[])[] = [
  cloudPrograms,
  containerPrograms,
  databasePrograms,
  filePrograms,
  filterPrograms,
  gitPrograms,
  goPrograms,
  interpreterPrograms,
  kubernetesPrograms,
  launcherPrograms,
  lookingPrograms,
  networkPrograms,
  nodePackagePrograms,
  otherMachinePrograms,
  packagePrograms,
  projectPrograms,
  searchPrograms,
  servicePrograms,
  shellPrograms,
  systemPrograms,
  wrapperPrograms,
];

const byName = new Map(
  families.flat().flatMap((program) => program.names.split(/\s+/).map((name) => [name, program] as const)),
);

/** A version at the end does not matter: `python3.12` is python. The look behind keeps dots from taking long. */
const version = /(?<![\d.])[\d.]+$/;

export const findProgram = (name: string): Program | null =>
  byName.get(name) ?? versioned(byName.get(name.replace(version, "")));

const versioned = (program: Program | undefined): Program | null =>
  program?.hasVersions === true ? program : null;

const tables = new WeakMap<Form, OptionTable>();

/** Read from its notation when it is first needed. */
export function optionsOf(program: Program, form: Form): OptionTable {
  const known = tables.get(form);
  if (known !== undefined) return known;
  const table = optionTable(`${program.everywhere ?? ""} ${form.options ?? ""}`, form.also);
  tables.set(form, table);
  return table;
}
