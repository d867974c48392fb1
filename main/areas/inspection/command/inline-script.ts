import { quoted } from "../../../contract/sentence.ts";
import { visibleText } from "../../../contract/visible-text.ts";
import type { InlineScript } from "../contract.ts";
import { lineCount } from "./command-act.ts";
import { parseShell } from "../shell/parse.ts";
import { baseName } from "./program-name.ts";
import { shellLine } from "./shell-line.ts";

/** Which words of an interpreter's are followed by a script. For showing it only: what it means is judged elsewhere. */
const interpreters: readonly { readonly names: RegExp; readonly code: RegExp }[] = [
  { names: /^(ba|da|a|z|k|mk|fi|c|tc)?sh$/, code: /^-[A-Za-z]*c$/ },
  { names: /^(node|nodejs|bun|tsx|ts-node)$/, code: /^(-[pe]+|--eval|--print)$/ },
  { names: /^(python|pypy)[\d.]*$/, code: /^-[A-Za-z]*c$/ },
  {
    names: /^(perl[\d.]*|ruby[\d.]*|lua[\d.]*|osascript|rscript|julia|elixir|groovy)$/,
    code: /^-[a-z]*[eE]$/,
  },
  { names: /^php[\d.]*$/, code: /^-r$/ },
  { names: /^deno$/, code: /^eval$/ },
  { names: /^(pwsh|powershell)$/, code: /^-c(ommand)?$/i },
];

export interface ReadScript {
  /** "`node` reads 60 lines" */
  readonly reads: string;
  readonly inline?: InlineScript;
}

/** What a program is given to run or to read, apart from the words around it. Undefined: nothing. */
export function scriptIn(argv: readonly string[], input: string): ReadScript | undefined {
  const found = codeIn(argv);
  const text = (given: string) => visibleText(given, "\n\t");
  if (found !== undefined) {
    const { program, at } = found;
    const script = argv[at] ?? "";
    return {
      reads: `${quoted(program, 40)} runs ${lineCount(script)}`,
      inline: {
        line: [shellLine(argv.slice(0, at)), "⟨script⟩", shellLine(argv.slice(at + 1))].join(" ").trim(),
        script: text(script),
        input: text(input),
      },
    };
  }
  if (input === "") return undefined;
  return {
    reads: readsWords(argv, input),
    inline: { line: `${shellLine(argv)} < ⟨input⟩`, script: text(input), input: "" },
  };
}

/** The same for a text for a shell, in which what is read stands as it is: only who reads it has to be said. */
export function scriptInText(text: string, input: string): ReadScript | undefined {
  if (input !== "" && !text.includes("\n")) {
    const inline = {
      line: `{ ${visibleText(text)}; } < ⟨input⟩`,
      script: visibleText(input, "\n\t"),
      input: "",
    };
    return { reads: `a shell reads ${lineCount(input)}`, inline };
  }
  const reading = text.includes("<<") ? (parseShell(text)?.commands ?? []) : [];
  const read = reading.flatMap(({ words, hereDocuments }) =>
    hereDocuments.map((document) =>
      readsWords(
        words.map((one) => one.text),
        document,
      ),
    ),
  );
  if (read.length > 0) return { reads: [...new Set(read)].slice(0, 3).join(", ") };
  return text.trimEnd().includes("\n") ? { reads: `a shell runs ${lineCount(text)}` } : undefined;
}

function readsWords(argv: readonly string[], document: string): string {
  const program = argv.find((word) => isInterpreter(word)) ?? argv[0] ?? "a shell";
  return `${quoted(baseName(program), 40)} reads ${lineCount(document)}`;
}

const isInterpreter = (word: string): boolean => interpreters.some(({ names }) => names.test(baseName(word)));

/** The first interpreter that has a script behind it, and where that stands. Looks at each word once. */
function codeIn(argv: readonly string[]): { readonly program: string; readonly at: number } | undefined {
  const scriptAt = interpreters.map(() => 0);
  let found: { readonly program: string; readonly at: number } | undefined;
  for (let place = argv.length - 1; place >= 0; place -= 1) {
    const word = argv[place] ?? "";
    const program = baseName(word);
    const kind = interpreters.findIndex(({ names }) => names.test(program));
    const at = scriptAt[kind] ?? 0;
    if (at > 0) found = { program, at };
    if (place + 1 === argv.length) continue;
    for (const [index, { code }] of interpreters.entries()) if (code.test(word)) scriptAt[index] = place + 1;
  }
  return found;
}
