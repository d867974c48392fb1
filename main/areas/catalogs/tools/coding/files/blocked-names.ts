import picomatch from "picomatch";

/** Names that keep secrets. A file or folder with such a name is neither read nor written nor listed. */
export const blockedPatterns: readonly string[] = [
  ".env*",
  ".npmrc",
  ".netrc",
  "_netrc",
  ".pgpass",
  ".pypirc",
  ".git-credentials",
  "id_rsa",
  "id_rsa.*",
  "id_ed25519",
  "id_ed25519.*",
  "id_dsa",
  "id_dsa.*",
  "id_ecdsa",
  "id_ecdsa.*",
  "*.pem",
  "*.key",
  "*.p12",
  "*.pfx",
  "*.jks",
  "credentials",
  "credentials.json",
  "service-account*.json",
  "client-secret*.json",
  "client_secret*.json",
  "*.kubeconfig",
  "*_secret*",
  "*.secret",
  "*.secrets",
  "secret.*",
  "secrets.*",
  "secrets",
  ".aws",
  ".gcloud",
  ".azure",
  ".ssh",
  ".gnupg",
  ".kube",
];

const OPTIONS = { nocase: true, dot: true };
const matcher = picomatch([...blockedPatterns], OPTIONS);

/** The pattern that a part of the path matches, or null. Trailing dots and blanks mean nothing on Windows. */
export function blockedBy(path: string): string | null {
  for (const part of path.split(/[\\/]/)) {
    const name = part
      .normalize("NFKC")
      .replace(/(?<![. ])[. ]+$/, "")
      .replace(/:.*$/, "");
    for (const candidate of new Set([part, name])) {
      if (candidate === "" || !matcher(candidate)) continue;
      return blockedPatterns.find((pattern) => picomatch.isMatch(candidate, pattern, OPTIONS)) ?? candidate;
    }
  }
  return null;
}

export const isGitFolder = (name: string): boolean => name.toLowerCase() === ".git";

export const hasGitFolder = (path: string): boolean => path.split(/[\\/]/).some(isGitFolder);
