import type { ToolResult } from "../../../../main/areas/runs/contract.ts";
import { CommandBlock } from "../../../ui/CommandBlock.tsx";
import { failureWord, shellResult } from "../shell-result.ts";
import styles from "./ToolDetails.module.css";

const maxHeight = 320;

/** What a call gave back. Of a program: its output and its errors, and how it ended where that says something. */
export function Output({
  result,
  title = "Output",
}: {
  readonly result: ToolResult;
  readonly title?: string;
}) {
  const shell = shellResult(result);
  if (shell === null) return <Block title={title} text={result.content} />;
  const { stdout, stderr, isShortened } = shell;
  return (
    <>
      {result.isError && <p className={styles.bad}>{failureWord(result)}.</p>}
      {(stdout !== "" || stderr === "") && <Block title="Output" text={stdout} />}
      {stderr !== "" && <Block title="Error output" text={stderr} />}
      {isShortened && <p className={styles.nothing}>Shortened: this is its beginning and its end.</p>}
    </>
  );
}

function Block({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className={styles.part}>
      <h3>{title}</h3>
      {text === "" ? (
        <p className={styles.nothing}>Nothing was printed.</p>
      ) : (
        <CommandBlock text={text.replace(/\n$/, "")} label={title} maxHeight={maxHeight} />
      )}
    </div>
  );
}
