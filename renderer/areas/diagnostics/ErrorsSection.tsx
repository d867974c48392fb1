import type { RecordedError } from "../../../main/areas/diagnostics/contract.ts";
import { go } from "../../page/navigation.ts";
import { classNames } from "../../ui/class-names.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import pageStyles from "./DiagnosticsPage.module.css";
import styles from "./ErrorsSection.module.css";

export function ErrorsSection({ errors }: { readonly errors: readonly RecordedError[] }) {
  return (
    <section className={pageStyles.section}>
      <h2>Recent errors</h2>
      {errors.length === 0 ? (
        <p className={styles.none}>None since Gatehouse started.</p>
      ) : (
        <ul className={styles.list}>
          {errors.map((error, index) => (
            <Row key={`${error.at}-${index}`} error={error} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ error }: { readonly error: RecordedError }) {
  const { at, source, runId, clientId, message } = error;
  return (
    <li className={styles.row}>
      <div className={classNames(styles.message, "selectable")} dir="auto">
        {message}
      </div>
      <div className={styles.facts}>
        <span>{source}</span>
        {clientId !== null && clientId !== "" && <bdi>{clientId}</bdi>}
        <RelativeTime at={at} />
        {runId !== null && <TextButton onClick={() => go("runs", runId)}>Open the run</TextButton>}
      </div>
    </li>
  );
}
