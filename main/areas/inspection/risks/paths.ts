import { homedir } from "node:os";
import { isAbsolute, relative, resolve } from "node:path";

export interface Place {
  readonly workDir: string;
  /** Where it runs, in the work folder or below. */
  readonly cwd: string;
}

export interface Reach {
  /** Words that name something outside of the work folder. */
  readonly outside: readonly string[];
  /** Those of them that keep keys, passwords or the system itself. */
  readonly sensitive: readonly string[];
}

const harmless = /^\/dev\/(null|zero|stdin|stdout|stderr|tty|random|urandom|fd\/\d+)$/;
const sensitiveHome =
  /^\.(ssh|aws|gnupg|kube|docker|netrc|npmrc|pypirc|gcloud|azure|config\/gcloud|password-store|git-credentials|bash\w*|zsh\w*|profile|mozilla|config\/google-chrome)(\/|$)|^Library\/(Keychains|LaunchAgents)/;
const system =
  /^\/(etc|boot|sys|proc|root|var\/(lib|spool|run)|usr|bin|sbin|lib|System|Library)(\/|$)|^[A-Za-z]:\\Windows/i;
const MAX_WORDS = 10_000;

/** A look at the words alone: links are followed by the tools, not in here. */
export function reachOf(words: readonly string[], { workDir, cwd }: Place): Reach {
  const outside: string[] = [];
  const sensitive: string[] = [];
  for (const word of words.slice(0, MAX_WORDS)) {
    for (const path of pathsIn(word)) {
      const full = expand(path, cwd);
      if (harmless.test(full) || isInside(workDir, full)) continue;
      outside.push(word);
      if (isSensitive(full)) sensitive.push(word);
    }
  }
  return { outside, sensitive };
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!/^\.\.([/\\]|$)/.test(way) && !isAbsolute(way));
}

/** The word itself, and what stands behind `=` (`--output=/x`), `@` (curl) or an option letter (`-o/x`). */
function pathsIn(word: string): string[] {
  if (word.length > 4_096 || /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return [];
  const behind = /^(?:--?[\w-]+=|[A-Za-z_]\w*=|@|-[A-Za-z])(.+)$/.exec(word)?.[1];
  return [word, behind]
    .filter((path) => path !== undefined)
    .filter((path) => /^(~|\/|\.\.([/\\]|$)|[A-Za-z]:[/\\])|[/\\]\.\.([/\\]|$)|^\$\{?HOME/.test(path));
}

function expand(path: string, cwd: string): string {
  const home = path.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, homedir());
  return home.startsWith("~") ? resolve("/home", home.slice(1)) : resolve(cwd, home);
}

function isSensitive(full: string): boolean {
  return (
    system.test(full) || sensitiveHome.test(relative(homedir(), full)) || full === homedir() || full === "/"
  );
}
