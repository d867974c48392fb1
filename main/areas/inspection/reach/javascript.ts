import { builtinModules } from "node:module";

/** Of Node's own modules those that run or load code that no import names. */
const further = new Set(
  "child_process cluster module repl vm worker_threads inspector inspector/promises wasi".split(" "),
);
/** Longer ones are not read: that could take long. */
const MAX_TEXT = 128 * 1024;
const builtin = new Set(builtinModules);

/** Ways to run code that no import names. */
const unseen =
  /\b(eval|Function|constructor|createRequire|dlopen|binding|getBuiltinModule|importScripts|WebAssembly|_load|mainModule|register|execve|loadExtension|setEngine|privateKeyEngine|clientCertEngine)\b|\\u|\\x|process\s*\[|globalThis\s*\[|global\s*\[/;

const literal = String.raw`(?:"([^"\\\n]*)"|'([^'\\\n]*)')`;
const asked = new RegExp(
  String.raw`\b(?:require(?:\.resolve)?\s*\(\s*${literal}\s*\)|import\s*\(\s*${literal}\s*\)|import\s*${literal}|(?:import|export)\b[^"'();=]{0,300}?\bfrom\s*${literal})`,
  "g",
);

/**
 * The files that a script names in its imports, as it names them; null if it may load anything else.
 *
 * A word too many, in a comment say, only makes this say null. Code that hides its words on purpose is not found out:
 * it was allowed with what it is, and can do all that the person can.
 */
export function importedBy(text: string): readonly string[] | null {
  if (text.length > MAX_TEXT || unseen.test(text)) return null;
  const specifiers: string[] = [];
  const rest = text.replace(asked, (_whole, ...groups: unknown[]) => {
    const found = groups.slice(0, 8).find((group) => typeof group === "string");
    if (typeof found === "string") specifiers.push(found);
    return " ";
  });
  if (/\b(require|import)\b(?!\.meta\b)/.test(rest)) return null;
  const files = specifiers.filter((one) => /^\.{1,2}(\/|$)/.test(one));
  const others = specifiers.filter((one) => !/^\.{1,2}(\/|$)/.test(one));
  // It starts the files that it is told, or all that it finds.
  if (others.some((one) => /^(node:)?test$/.test(one)) && /\brun\b/.test(text)) return null;
  const areHarmless = others.every((one) => {
    const name = one.replace(/^node:/, "");
    return (one !== name || builtin.has(name)) && !further.has(name);
  });
  return areHarmless ? files : null;
}
