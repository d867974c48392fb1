/** The lines of package.json that a script stands for, in the order in which they run; null if it has none. */
export function linesOf(packageJson: string, name: string): ReadonlyMap<string, string> | null {
  const scripts = scriptsIn(packageJson);
  const lines = new Map<string, string>();
  for (const one of [`pre${name}`, name, `post${name}`]) {
    const line = Object.hasOwn(scripts, one) ? scripts[one] : undefined;
    if (typeof line === "string") lines.set(one, line);
  }
  return lines.has(name) ? lines : null;
}

function scriptsIn(packageJson: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(packageJson);
    const scripts =
      typeof parsed === "object" && parsed !== null && "scripts" in parsed ? parsed.scripts : null;
    return typeof scripts === "object" && scripts !== null ? { ...scripts } : {};
  } catch {
    return {};
  }
}
