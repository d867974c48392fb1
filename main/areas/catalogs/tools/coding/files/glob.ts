import picomatch from "picomatch";
import { RE2JS } from "re2js";
import { ToolFailure } from "../failure.ts";

export const MAX_GLOB = 500;
/** Times the longest path there is, it takes some 30 ms. */
const MAX_PROGRAM = 700;

/** What keeps picomatch's expressions from matching nothing, "." and "..": no search ever comes by those. */
const guards = /\(\?=\.\)|\(\?!(?:\(\?:\^\|\\\/\))?\\\.\{1,2\}\(\?:\\\/\|\$\)\)/g;

/**
 * Contract: the result takes time in proportion to glob times path. JavaScript's own expressions would try
 * `*a*a*a*a*a*b` on a long name for years, and nobody could be asked anything meanwhile.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const options = { dot: true, nonegate: true, maxLength: MAX_GLOB };
  const source = picomatch.makeRe(glob.replace(/^\.\//, ""), options).source.replace(guards, "");
  try {
    const compiled = RE2JS.compile(source);
    if (compiled.programSize() <= MAX_PROGRAM) return (path) => compiled.matcher(path).find();
  } catch (cause) {
    throw new ToolFailure("the glob can't be used: forms such as !(…) are not supported", { cause });
  }
  throw new ToolFailure("the glob is too large; search for less at once");
}
