import { visibleText } from "../../../main/contract/visible-text.ts";
import { WordsText } from "../../ui/CodeText.tsx";
import styles from "./Question.module.css";

/** An agent's own words: all characters seen, nothing of it clickable, and set apart from ours. */
export function AgentText({ text }: { readonly text: string }) {
  return (
    <div className={styles.text} role="group" aria-label="The question" tabIndex={0}>
      {text.split("\n").map((line, index) => (
        <p key={index} dir="auto">
          {line === "" ? "\u200b" : <WordsText text={visibleText(line)} />}
        </p>
      ))}
    </div>
  );
}
