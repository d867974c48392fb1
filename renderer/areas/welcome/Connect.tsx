import { useState } from "react";
import type { Connection } from "../../../main/areas/diagnostics/contract.ts";
import { useDesktop } from "../../client/desktop.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { CommandBlock } from "../../ui/CommandBlock.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { commandLineSnippet, glueSnippet, snippets } from "../diagnostics/snippets.ts";
import { useDiagnostics } from "../diagnostics/store.ts";
import styles from "./Connect.module.css";

type Way = "glue" | "http" | "cli";

const ways = [
  { value: "glue", label: "Glue" },
  { value: "http", label: "Any tool, over HTTP" },
  { value: "cli", label: "Command line" },
] as const;

/** Lines to copy that work as they are on this machine. */
export function Connect() {
  const { data, status, error } = useFollowed(useDiagnostics);
  const platform = useDesktop(({ facts }) => facts?.platform ?? "");
  const [way, setWay] = useState<Way>("glue");
  return (
    <>
      <p>Whatever connects shows up in the inbox as soon as it needs you.</p>
      <div className={styles.ways}>
        <Segmented label="How to connect" value={way} options={ways} onChange={setWay} />
      </div>
      {status === "failed" && (
        <ErrorNote
          title="The address could not be read."
          error={error}
          onRetry={() => void useDiagnostics.reload()}
        />
      )}
      {data === null && status === "loading" && <Skeleton height={34} />}
      {data !== null && way === "glue" && (
        <div className={styles.snippets}>
          <p className={styles.words}>
            Glue finds this daemon by itself. Keep <code>--client-id</code> the same, so that what you allow
            for it holds the next time.
          </p>
          <CommandBlock text={glueSnippet(data.connection, platform)} />
        </div>
      )}
      {data !== null && way === "http" && (
        <div className={styles.snippets}>
          <p className={styles.words}>
            Starts a run. Everything else is described at <code>{docsUrl(data.connection.baseUrl)}</code>
          </p>
          <CommandBlock text={runSnippet(data.connection, platform)} />
        </div>
      )}
      {way === "cli" && (
        <div className={styles.snippets}>
          <p className={styles.words}>Runs one prompt and prints what comes back; the gate asks you here.</p>
          <CommandBlock text={commandLineSnippet} />
        </div>
      )}
    </>
  );
}

const runSnippet = (connection: Connection, platform: string) =>
  snippets(connection, platform).find(({ id }) => id === "run")?.text ?? "";
const docsUrl = (baseUrl: string) => `${baseUrl.replace(/\/+$/, "")}/gatehouse/docs`;
