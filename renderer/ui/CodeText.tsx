import { Fragment, type ReactNode } from "react";
import styles from "./CodeText.module.css";

const rightToLeft = /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+)/u;

/** What `visibleText` makes of a character that can't be seen, or that passes for another one. */
const escape = /(\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})/;

/**
 * Code whose parts stand in the order in which they are executed. Each right-to-left word is isolated: signs
 * between two of them, such as `>` or a quote, would otherwise trade places on screen. Escaped characters stand out.
 */
export const CodeText = ({ text }: { readonly text: string }) =>
  marked(text, (part) => <Directed text={part} />);

/** Words of a language, which stand in the order in which it is read. Escaped characters stand out as well. */
export const WordsText = ({ text }: { readonly text: string }) => marked(text, (part) => part);

function marked(text: string, draw: (part: string) => ReactNode): ReactNode {
  if (text.search(escape) === -1) return draw(text);
  return text.split(escape).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} className={styles.escape}>
        {part}
      </span>
    ) : (
      <Fragment key={index}>{draw(part)}</Fragment>
    ),
  );
}

function Directed({ text }: { readonly text: string }) {
  if (text.search(rightToLeft) === -1) return text;
  return text
    .split(rightToLeft)
    .map((part, index) => (index % 2 === 1 ? <bdi key={index}>{part}</bdi> : part));
}
