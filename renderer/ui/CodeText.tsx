const rightToLeft = /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+)/u;

/**
 * Code whose parts stand in the order in which they are executed. Each right-to-left word is isolated: signs
 * between two of them, such as `>` or a quote, would otherwise trade places on screen.
 */
export function CodeText({ text }: { readonly text: string }) {
  if (text.search(rightToLeft) === -1) return text;
  return text
    .split(rightToLeft)
    .map((part, index) => (index % 2 === 1 ? <bdi key={index}>{part}</bdi> : part));
}
