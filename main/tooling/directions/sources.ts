import { readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { parseSync } from "oxc-parser";

export interface Import {
  /** A path from the root for what is ours, else a package's name as written. */
  readonly to: string;
  /** Nothing of it is left when types are taken away. */
  readonly isTypeOnly: boolean;
}

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export const FOLDERS = ["main", "preload", "renderer", "e2e"] as const;

/** Every TypeScript file below the root, with what it imports. */
export function readSources(root: string): Source[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(posix.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((file) => posix.join(folder, file.replaceAll("\\", "/")))
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => sourceOf(path, readFileSync(posix.join(root, path), "utf8"))),
  );
}

/** Contract: throws for text that is no TypeScript, because its imports would go unseen. */
export function sourceOf(path: string, text: string): Source {
  const { module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} can't be parsed: ${error.message}`);
  const found: { readonly target: string; readonly isTypeOnly: boolean }[] = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      target: moduleRequest.value,
      isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports
      .flatMap(({ entries }) => entries)
      .flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null ? [] : [{ target: moduleRequest.value, isTypeOnly: isType }],
      ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      target: literalOf(text.slice(moduleRequest.start, moduleRequest.end)),
      isTypeOnly: false,
    })),
  ];
  return {
    path,
    text,
    imports: found.map(({ target, isTypeOnly }) => ({ to: resolved(path, target), isTypeOnly })),
  };
}

/** What a dynamic import names; an expression can't be followed and stays as it is written. */
const literalOf = (expression: string) => /^["'`]([^"'`$]*)["'`]$/.exec(expression)?.[1] ?? expression;

function resolved(from: string, target: string): string {
  const bare = target.replace(/\?.*$/, "");
  return bare.startsWith(".") ? posix.normalize(posix.join(dirname(from), bare)) : bare;
}
