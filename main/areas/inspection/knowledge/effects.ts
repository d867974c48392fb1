import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import { preview } from "../../../contract/visible-text.ts";

/** What commands do, in words that a person reads. Families use these or say it in their own. */

export const looksOnly = risk(
  "reads",
  "low",
  "reads only",
  "This program looks at things and changes nothing by itself.",
);
export const writesFiles = risk(
  "writes",
  "medium",
  "writes files",
  "It creates files or replaces what is there.",
);
export const writesManyFiles = risk(
  "writes",
  "medium",
  "writes many files",
  "It can create or replace many files at once.",
);
export const unpacks = risk(
  "runs_code",
  "low",
  "writes files that it does not name",
  "Some of them may be run or obeyed by other programs later.",
);
export const printsAboutItself = risk(
  "reads",
  "low",
  "shows its version or help",
  "It says something about itself and ends.",
);
export const readsPackages = risk("reads", "low", "reads package information", "It only looks packages up.");

export const asksRegistry = risk(
  "network",
  "low",
  "asks a registry",
  "It looks something up on the network; what it looks for is sent there.",
);
export const contactsNetwork = risk(
  "network",
  "medium",
  "contacts another machine",
  "It talks to another machine over the network.",
);
export const readsService = risk(
  "network",
  "medium",
  "reads from a service in your name",
  "It uses your login to look something up.",
);
export const actsOnService = risk(
  "network",
  "high",
  "acts on a service in your name",
  "It uses your login to read or change things at a service.",
);
export const downloads = risk(
  "network",
  "medium",
  "downloads packages",
  "It gets packages from a registry on the network.",
);
export const publishes = risk(
  "network",
  "high",
  "publishes a package",
  "Others can download it from then on, and it can't be taken back for long.",
);

export const installScripts = risk(
  "runs_code",
  "medium",
  "runs install scripts",
  "Packages may run code of their own while they are installed.",
);
export const changesPackages = risk(
  "writes",
  "low",
  "changes installed packages",
  "It adds, changes or removes packages.",
);
export const systemPackages = risk(
  "writes",
  "high",
  "changes the system's packages",
  "It installs or removes software for the whole machine.",
);
export const wholeMachine = risk(
  "writes",
  "high",
  "installs for the whole machine",
  "It changes programs outside of this project.",
);

export const projectScripts = risk(
  "runs_code",
  "medium",
  "runs the project's scripts",
  "What runs is written in the project's own files, which agents can change.",
);
/** As compilers run it: tests, build scripts, macros. */
export const projectCode = risk(
  "runs_code",
  "medium",
  "runs the project's code",
  "What runs is written in the project's own files, which agents can change.",
);
export const projectPlugins = risk(
  "runs_code",
  "low",
  "runs plug-ins of the project",
  "Which plug-ins run is written in the project's files.",
);
export const projectBuild = risk(
  "runs_code",
  "medium",
  "runs the project's build",
  "What runs is written in the project's own files, which agents can change.",
);
export const projectTests = risk(
  "runs_code",
  "medium",
  "runs the project's tests",
  "Tests are code of the project, which agents can change.",
);
export const projectSettings = risk(
  "runs_code",
  "low",
  "runs the project's settings",
  "Checkers may load plug-ins and settings from the project.",
);
export const tidiesFiles = risk(
  "writes",
  "low",
  "may tidy files",
  "Some checkers rewrite the files that they check.",
);
export const fetchesAndRuns = risk(
  "runs_code",
  "high",
  "downloads and runs a program",
  "If the program is not installed yet, it is fetched from the network and run at once.",
);

export const runsOthers = risk(
  "runs_code",
  "high",
  "can run other programs",
  "Its options or variables make it run something else.",
);
export const runsCode = risk(
  "runs_code",
  "high",
  "runs code given to it",
  "The code is in the command or its input and can do all that you can.",
);
export const runsAnother = risk(
  "runs_code",
  "high",
  "runs another program",
  "It starts programs of its own, which Gatehouse can't check.",
);
export const otherRights = risk(
  "runs_code",
  "high",
  "runs with other rights",
  "It acts as another user, most likely as administrator.",
);
export const outlives = risk(
  "runs_code",
  "low",
  "asks to outlive the call",
  "Gatehouse ends it with the call all the same.",
);
export const changesSystem = risk(
  "writes",
  "high",
  "changes the system",
  "It changes how this machine runs, also after this task.",
);
export const showsEnvironment = risk(
  "reads",
  "medium",
  "shows what is in the environment",
  "Keys and passwords are often kept in variables.",
);
export const usesKeys = risk("reads", "high", "uses keys or passwords", "It can show or change your keys.");

export const namedLate = risk(
  "runs_code",
  "high",
  "runs a program that is named only when it runs",
  "Gatehouse can't tell which program that will be.",
);
export const setsVariables = risk(
  "runs_code",
  "high",
  "can run other programs",
  "It sets a variable that may change what programs do.",
);

export const setsUnknownVariable = (name: string): Risk =>
  risk(
    "unknown",
    "medium",
    "sets a variable Gatehouse does not know",
    `Gatehouse can't tell what ${preview(name, 60)} changes.`,
  );

export const runsScript = (path: string): Risk =>
  risk(
    "runs_code",
    "high",
    "runs a script",
    `What happens is written in ${preview(path, 200)}. It can do all that you can.`,
  );

export const unknownProgram = (program: string): Risk =>
  risk(
    "unknown",
    "medium",
    "runs a program Gatehouse does not know",
    `Gatehouse can't tell what ${preview(program, 100) || "an empty name"} does.`,
  );

export const usedOtherwise = (program: string): Risk =>
  risk(
    "unknown",
    "medium",
    "is used in a way Gatehouse does not know",
    `Some word behind ${preview(program, 100)} is not on the list of what is known of it.`,
  );
