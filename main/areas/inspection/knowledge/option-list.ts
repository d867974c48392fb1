import type { Risk } from "../contract.ts";

export interface Option {
  /** `maybe`: only behind `=`, or right behind the letter. */
  readonly takes: "nothing" | "value" | "maybe";
  readonly value: ValueKind;
  readonly adds: readonly Risk[];
}

/**
 * What a value may be. `any`: every literal word. `n`: a number. `file`: a file that is read, but not `-`, the input.
 * `out`: a file that is written. `script`: a file whose content is run. `code`: text for a shell.
 */
const valueKinds = ["any", "n", "file", "out", "script", "code"] as const;
export type ValueKind = (typeof valueKinds)[number];

export type OptionTable = ReadonlyMap<string, Option>;

const notation = /^(-#|[=!<>]{1,2}|\+?-{0,2}[^\s:?=]+)(\?)?(?::([a-z]*))?$/;

/** Reads the notation of `Form.options`. `-#` stands for any number: `-20`. */
export function optionTable(list: string, also: Readonly<Record<string, readonly Risk[]>> = {}): OptionTable {
  const table = new Map<string, Option>();
  addOptions(table, list, []);
  for (const [more, adds] of Object.entries(also)) addOptions(table, more, adds);
  return table;
}

function addOptions(table: Map<string, Option>, list: string, adds: readonly Risk[]): void {
  for (const item of list.split(/\s+/).filter((part) => part !== "")) {
    const [, name = "", maybe, kind] = notation.exec(item) ?? [];
    const value = valueKinds.find((one) => one === (kind || "any"));
    if (name === "" || value === undefined) throw new Error(`${item} is no option in the notation of forms`);
    const takes = kind === undefined ? "nothing" : maybe === undefined ? "value" : "maybe";
    table.set(name, { takes, value, adds });
  }
}
