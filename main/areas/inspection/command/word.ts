/**
 * A word of a command as far as it is known before it runs.
 *
 * `literal`: the program gets exactly this. `pattern`: it gets the paths that match, any number of them, none of which
 * looks like an option. `unknown`: nobody can tell what it gets, not even how many words; `text` is how it is written.
 */
export interface CommandWord {
  readonly text: string;
  readonly kind: "literal" | "pattern" | "unknown";
}

export const literal = (text: string): CommandWord => ({ text, kind: "literal" });
export const unknownWord: CommandWord = { text: "…", kind: "unknown" };
