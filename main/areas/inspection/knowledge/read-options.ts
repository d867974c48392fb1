import type { CommandWord } from "../command/word.ts";
import type { Risk } from "../contract.ts";
import type { Program } from "./form.ts";
import type { Option, OptionTable } from "./option-list.ts";

export interface ReadOptions {
  /** False if a word is not understood: then nobody can say what the others mean. */
  readonly known: boolean;
  /** In order, each by its name in the table. */
  readonly given: readonly {
    readonly name: string;
    readonly option: Option;
    readonly value: string | null;
  }[];
  readonly operands: readonly CommandWord[];
  /** So many of them stand before `--`; null without it. */
  readonly ended: number | null;
  readonly adds: readonly Risk[];
}

/**
 * Takes options and operands apart by what is known. Abbreviations are unknown; letters that stand together are taken
 * apart; `--` ends the options.
 *
 * `untilOperand`: the first word that is no option ends the options, as it does before a command or a script.
 */
export function readOptions(
  words: readonly CommandWord[],
  table: OptionTable,
  { style, untilOperand }: { readonly style: Program["style"]; readonly untilOperand: boolean },
): ReadOptions {
  const given: { name: string; option: Option; value: string | null }[] = [];
  const operands: CommandWord[] = [];
  let ended: number | null = null;
  let known = true;
  let i = 0;

  const valueOf = (name: string, option: Option, attached: string | null): boolean => {
    if (option.takes === "nothing") {
      if (attached !== null) return false;
      given.push({ name, option, value: null });
      return true;
    }
    let value = attached;
    if (value === null && option.takes === "value") {
      const next = words[(i += 1)];
      if (next?.kind !== "literal") return false;
      value = next.text;
    }
    if (value !== null && !isValue(option, value)) return false;
    given.push({ name, option, value });
    return true;
  };

  const whole = (text: string): boolean => {
    const equals = table.has(text) ? -1 : text.indexOf("=");
    const name = equals < 0 ? text : text.slice(0, equals);
    const spelled = style === "go" ? name.replace(/^--/, "-") : name;
    const option = table.get(spelled);
    return option !== undefined && valueOf(spelled, option, equals < 0 ? null : text.slice(equals + 1));
  };

  const letters = (text: string): boolean => {
    if (/^-\d+$/.test(text) && table.has("-#")) {
      given.push({ name: "-#", option: { takes: "nothing", value: "any", adds: [] }, value: text.slice(1) });
      return true;
    }
    // No program has as many letters as this.
    if (text.length > 64 && table.get(text.slice(0, 2))?.takes !== "value") return false;
    const sign = text.charAt(0);
    for (let at = 1; at < text.length; at += 1) {
      const name = `${sign === "+" ? "+-" : "-"}${text.charAt(at)}`;
      const option = table.get(name);
      if (option === undefined) return false;
      if (option.takes === "nothing") given.push({ name, option, value: null });
      else return valueOf(name, option, at + 1 < text.length ? text.slice(at + 1) : null);
    }
    return true;
  };

  for (; i < words.length; i += 1) {
    const word = words[i];
    if (word === undefined) break;
    if (word.kind !== "literal") {
      if (word.kind === "unknown") known = false;
      if (untilOperand) {
        operands.push(...words.slice(i));
        break;
      }
      operands.push(word);
      continue;
    }
    const { text } = word;
    if (text === "--" && style === undefined) {
      given.push({ name: "--", option: { takes: "nothing", value: "any", adds: [] }, value: null });
      ended = operands.length;
      operands.push(...words.slice(i + 1));
      break;
    }
    const isPlus = /^\+[A-Za-z]+$/.test(text) && table.has(`+-${text.charAt(1)}`);
    const isOption = (text.startsWith("-") && text !== "-") || isPlus || table.has(text);
    if (!isOption) {
      if (untilOperand) {
        operands.push(...words.slice(i));
        break;
      }
      operands.push(word);
      continue;
    }
    const asWhole = style !== undefined || text.startsWith("--") || table.has(text);
    if (!(asWhole ? whole(text) : letters(text))) {
      known = false;
      // Its value, if it has one, looks like an operand from here on; effects of the other options still count.
      continue;
    }
  }
  if (!untilOperand && operands.some(({ kind }) => kind === "unknown")) known = false;
  return { known, given, operands, ended, adds: given.flatMap(({ option }) => option.adds) };
}

function isValue({ value }: Option, text: string): boolean {
  switch (value) {
    case "n":
      return /^[+-]?\d+(\.\d+)?[a-zA-Z]{0,3}$/.test(text);
    case "file":
    case "script":
      return text !== "-" && text !== "" && !text.startsWith("/dev/");
    case "any":
    case "out":
    case "code":
      return true;
  }
}
