import { describe, expect, it } from "vitest";
import { lookAtWords } from "../testing/look.ts";
import type { Form, Program } from "./form.ts";
import { families, findProgram, optionsOf } from "./programs.ts";

const programs = families.flat();

/** Every form with the words that lead to it, so that `git stash list` is one. */
function formsOf(form: Form, path: readonly string[]): { form: Form; path: readonly string[] }[] {
  const inner = Object.entries(form.commands ?? {}).flatMap(([names, command]) =>
    formsOf(command, [...path, names.split(" ")[0] ?? ""]),
  );
  return [{ form, path }, ...inner];
}
const forms = programs.flatMap((program: Program) =>
  formsOf(program, [program.names.split(" ")[0] ?? ""]).map((found) => ({ ...found, program })),
);

describe("what is known", () => {
  it("names each program once", () => {
    const names = programs.flatMap((program) => program.names.split(/\s+/));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    for (const name of names) expect(findProgram(name)).not.toBeNull();
    for (const name of ["", "constructor", "__proto__", "git2", "ls1", "3"])
      expect(findProgram(name)).toBeNull();
    expect(findProgram("python3.12")).toBe(findProgram("python"));
  });

  it("is written in the notation, and names each command once", () => {
    for (const { program, form, path } of forms) {
      expect(() => optionsOf(program, form), path.join(" ")).not.toThrow();
      const names = Object.keys(form.commands ?? {}).flatMap((key) => key.split(" "));
      expect(
        names.filter((name, i) => names.indexOf(name) !== i),
        path.join(" "),
      ).toEqual([]);
    }
    expect(forms.length).toBeGreaterThan(300);
  });

  it("says what it does, so that nothing is shown without a risk", () => {
    for (const { path } of forms) {
      const { risks } = lookAtWords(path);
      expect(risks.length, path.join(" ")).toBeGreaterThan(0);
    }
  });
});

/** Words of chance, the same in every run. */
function chance(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, pick: <T>(from: readonly T[]) => from[below(from.length)] };
}

describe("what is added to a known command and not known itself", () => {
  const takesAnything = (form: Form) => form.operands === "anything" || form.runs !== undefined;
  const plain = forms.filter(({ form }) => !takesAnything(form) && form.commands === undefined);

  it("makes it unknown, whatever it is", () => {
    const random = chance(7);
    for (let round = 0; round < 4_000; round += 1) {
      const { program, form, path } = random.pick(plain) ?? { program: undefined, form: undefined, path: [] };
      if (program === undefined || form === undefined) throw new Error("nothing is known");
      const table = optionsOf(program, form);
      const long = [...table.keys()].filter((name) => name.startsWith("--") && name.length > 4);
      const known = random.pick(long) ?? "--verbose";
      const strange = [
        `--zz${random.below(1_000)}`,
        `--zz=${random.below(1_000)}`,
        known.slice(0, 3 + random.below(known.length - 3)),
        `${known.slice(0, -1)}=x`,
        `-${"Zz%@"[random.below(4)]}`,
        `-${"Zz%@"[random.below(4)]}x`,
        `${known}${random.below(10)}`,
      ];
      const added = strange[random.below(strange.length)] ?? "--zz";
      // By chance it may be known after all; programs in Go take one dash for two.
      const spellings = [added, added.slice(0, 2), added.replace(/=.*/, ""), added.replace(/^--/, "-")];
      if (spellings.some((spelling) => table.has(spelling))) continue;
      const { remember, level } = lookAtWords([...path, added]);
      expect(remember, [...path, added].join(" ")).toBe("once");
      expect(level, [...path, added].join(" ")).not.toBe("low");
    }
  });

  it("makes it unknown also between the program and its command", () => {
    for (const { path } of forms.filter((one) => one.path.length > 1)) {
      const [program = "", ...rest] = path;
      for (const added of ["--zz", "--zz=x", "-%", "-%x"]) {
        expect(lookAtWords([program, added, ...rest]).remember, `${program} ${added} ${rest.join(" ")}`).toBe(
          "once",
        );
      }
    }
  });

  it("makes it unknown by letters that stand together", () => {
    for (const { path, program, form } of plain) {
      if (program.style !== undefined) continue;
      const letters = [...optionsOf(program, form)].flatMap(([name, { takes }]) =>
        /^-[a-zA-Z]$/.test(name) && takes === "nothing" ? [name.charAt(1)] : [],
      );
      const [letter] = letters;
      if (letter === undefined) continue;
      expect(lookAtWords([...path, `-${letter}%`]).remember, path.join(" ")).toBe("once");
    }
  });
});
