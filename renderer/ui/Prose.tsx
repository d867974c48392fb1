import { Fragment } from "react";
import { CodeText } from "./CodeText.tsx";
import styles from "./Prose.module.css";

/** A sentence of the core in which `backticks` mark commands and names. Untrusted text stays text. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split("`");
  // A backtick without its partner is just a character.
  const isPaired = parts.length % 2 === 1;
  if (!isPaired) return <bdi>{text}</bdi>;
  return (
    <bdi>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className={styles.code} dir="ltr">
            <CodeText text={part} />
          </code>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </bdi>
  );
}
