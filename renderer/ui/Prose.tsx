import { Fragment } from "react";
import { sentenceParts } from "../../main/contract/sentence.ts";
import { CodeText } from "./CodeText.tsx";
import styles from "./Prose.module.css";

/** A sentence of ours. What it quotes of others is drawn in another type, so that it can't pass for our words. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <bdi>
      {sentenceParts(text).map((part, index) =>
        part.isQuoted ? (
          <code key={index} className={styles.code} dir="ltr">
            <CodeText text={part.text} />
          </code>
        ) : (
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </bdi>
  );
}
