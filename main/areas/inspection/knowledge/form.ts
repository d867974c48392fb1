import type { Risk } from "../contract.ts";
import type { CommandWord } from "../command/word.ts";
import type { Printed } from "../reach/printed.ts";

/**
 * What is known of a program, or of one of its commands. What is not written down here is unknown, and unknown is
 * asked each time.
 */
export interface Form {
  /** What it does whenever it runs. */
  readonly does: readonly Risk[];
  /**
   * Options it may have, see `option-list.ts`: `-v --verbose` stand alone, `-n:` and `--count:` take a value,
   * `--color?:` takes one only behind `=`.
   */
  readonly options?: string;
  /** Options that do more than the command does anyway, in the same notation. */
  readonly also?: Readonly<Record<string, readonly Risk[]>>;
  /**
   * What may stand beside the options. `none`: nothing. `any`: names, patterns, paths that are read. `written`: files
   * that are. `anything`: words that no one can know before it runs are no harm either, nor are options.
   */
  readonly operands?: "none" | "any" | "written" | "anything";
  /** With one of these options its operands are files that it writes. */
  readonly writesWith?: string;
  /** Commands, by their names: `"log show"` is known by both. What follows them is theirs. */
  readonly commands?: Readonly<Record<string, Form>>;
  /** What it does without any command, if that is known. */
  readonly bare?: readonly Risk[];
  /** It runs what its words name. */
  readonly runs?: Runs;
  /** With one of these options it starts nothing and only looks. */
  readonly looksWith?: string;
  /** Known by name and effect, and still asked each time. `"high"`: where something of it is high. */
  readonly once?: true | "high";
  /** The first operand ends the options: what follows is for what it starts, and is not looked at. */
  readonly endsOptions?: true;
  /** Operands and values that are texts and no paths: a pattern to look for. */
  readonly texts?: (use: Use) => readonly string[];
  /** Folders in which it reads every file, whatever it is called. */
  readonly below?: (use: Use) => readonly string[];
  /** Content of tracked files that it prints, besides those that its words name. */
  readonly prints?: (use: Use) => readonly Printed[];
  /** Scripts of package.json that it runs. */
  readonly packageScripts?: (use: Use) => readonly string[];
  /** Looks closer. Null: not understood. */
  readonly check?: (use: Use) => readonly Risk[] | null;
}

export type Runs =
  /**
   * The first word is a script; all behind it is for the script. `commands`: words that are none. `isCode`: the first
   * word is code itself, which is harmless if this says so.
   */
  | {
      readonly kind: "script";
      readonly commands?: string;
      readonly isCode?: (code: string) => boolean;
    }
  /**
   * The words behind as many of its own as `skip` are a command. `only`: known just for these programs. `adds`: words
   * that come behind. `assigns`: variables may come before.
   */
  | {
      readonly kind: "command";
      readonly skip?: number;
      readonly only?: string;
      readonly adds?: readonly CommandWord[];
      readonly assigns?: true;
    }
  /** The value of the option of kind `code` is text for a shell; without it, as for a script. */
  | { readonly kind: "shell"; readonly isPosix: boolean };

export interface Program extends Form {
  /** As it is called: `"grep egrep fgrep"`. */
  readonly names: string;
  /** Options that may stand before or behind a command. */
  readonly everywhere?: string;
  /** `words`: options are whole words with one dash (`find -name`). `go`: so, with one or two dashes. */
  readonly style?: "words" | "go";
  /** What it may do when it is used in any other way. */
  readonly otherwise?: Risk;
  /** It is also called by a name with a version: `python3.12`. */
  readonly hasVersions?: true;
  /** Its options are the same in capitals. */
  readonly ignoresCase?: true;
  /** Letters that may stand without a dash as the first word: `tar xzf`. */
  readonly bundle?: RegExp;
  /** Words behind these options, up to `;` or `+`, are a command; `{}` in it is something like `found`. */
  readonly startsBehind?: { readonly options: string; readonly found: CommandWord };
  /** Words that, alone, make it tell about itself: `--version --help` and these. `-V` counts only without input. */
  readonly about?: string;
  readonly tells?: readonly Risk[];
}

/** A command as it was read by its form. */
export interface Use {
  readonly operands: readonly CommandWord[];
  /** So many of them stand before `--`; null without it. */
  readonly ended: number | null;
  has(...options: readonly string[]): boolean;
  values(...options: readonly string[]): readonly string[];
  /** Also of those that were given before the command, in their order. */
  around(...options: readonly string[]): readonly string[];
  /** Whether one of them was given, be it before the command. */
  hasAround(...options: readonly string[]): boolean;
  /** Nothing so far was not understood; else operands may be values of what is unknown. */
  readonly isKnown: boolean;
}

/** For `Form.texts`: it prints its operands, or looks for files of that name without reading them. */
export const operandsOf = ({ operands }: Use): readonly string[] => operands.map(({ text }) => text);

/** For `Form.below`: the folders that it is given, or the one in which it runs. */
export const placesIn = (operands: readonly CommandWord[]): readonly string[] =>
  operands.length === 0 ? ["."] : operands.map(({ text }) => text);
