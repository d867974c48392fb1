/** Our `allowOverwrite` as the file spells it: `allow_overwrite`. */
export function inFile(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What an object of the file says about `keys`, under our names; keys that it does not have are left out. */
export function spelledForUs(values: object, keys: readonly string[]): Record<string, unknown> {
  const inTheFile = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    keys.map((key) => [key, inTheFile[inFile(key)]] as const).filter(([, value]) => value !== undefined),
  );
}
