import type { RecallHit } from "../../../main/areas/recall/contract.ts";
import { visibleText } from "../../../main/contract/visible-text.ts";
import styles from "./HitText.module.css";

/** The words of a hit on one line, with what was found marked. */
export function HitText({
  hit,
}: {
  readonly hit: Pick<RecallHit, "snippet" | "isCutBefore" | "isCutAfter">;
}) {
  return (
    <bdi className={styles.text}>
      {hit.isCutBefore && "… "}
      {hit.snippet.map(({ text, isHit }, index) =>
        isHit ? (
          <mark key={index} className={styles.hit}>
            {visibleText(text)}
          </mark>
        ) : (
          visibleText(text)
        ),
      )}
      {hit.isCutAfter && " …"}
    </bdi>
  );
}
