/** A program, or a command of one, that runs the command which follows. */
const launchers: readonly (readonly string[])[] = [
  ["npx"],
  ["npm", "exec"],
  ["npm", "x"],
  ["pnpm", "exec"],
  ["pnpm", "dlx"],
  ["pnpx"],
  ["yarn", "exec"],
  ["yarn", "dlx"],
  ["bunx"],
  ["bun", "x"],
  ["uvx"],
  ["uv", "run"],
  ["uv", "tool", "run"],
  ["pipx", "run"],
  ["poetry", "run"],
  ["pipenv", "run"],
  ["bundle", "exec"],
  ["corepack"],
  ["busybox"],
  ["rbenv", "exec"],
  ["pyenv", "exec"],
  ["mise", "exec"],
  ["dotenv"],
];

/** Commands of bun and deno that do not run a file named on the command line. */
const ownCommands: Readonly<Record<string, { run: readonly string[]; other: readonly string[] }>> = {
  bun: {
    run: ["run"],
    other: ["install", "i", "add", "remove", "update", "pm", "outdated", "build", "test", "link", "upgrade"],
  },
  deno: {
    run: ["run"],
    other: [
      "fmt",
      "lint",
      "check",
      "test",
      "task",
      "cache",
      "info",
      "doc",
      "install",
      "add",
      "remove",
      "types",
    ],
  },
};

const harmlessOptions = new Set(["-y", "--yes", "--", "-q", "--quiet", "--no-install", "--no"]);

/**
 * The command that a launcher such as `npx` is asked to start.
 *
 * Null: not a launcher. `unknown`: a launcher, but nobody can say from the options what it starts.
 */
export function launchedCommand(
  program: string,
  args: readonly string[],
): readonly string[] | "unknown" | null {
  const own = Object.hasOwn(ownCommands, program) ? ownCommands[program] : undefined;
  const prefix = launchers.find(
    ([name, ...words]) => name === program && words.every((word, i) => args[i] === word),
  );
  if (prefix !== undefined) return commandAfter(args.slice(prefix.length - 1));
  if (own === undefined) return null;
  const [first = ""] = args;
  if (own.other.includes(first) || first === "--version" || first === "--help") return null;
  const words = own.run.includes(first) ? args.slice(1) : args;
  // Only a path is surely a file: a bare word may also be a script of package.json or a command.
  return /^\.{0,2}\//.test(words[0] ?? "") ? ["node", ...words] : "unknown";
}

function commandAfter(words: readonly string[]): readonly string[] | "unknown" {
  const start = words.findIndex((word) => !harmlessOptions.has(word));
  const command = start < 0 ? [] : words.slice(start);
  return command.length === 0 || command[0]?.startsWith("-") === true ? "unknown" : command;
}
