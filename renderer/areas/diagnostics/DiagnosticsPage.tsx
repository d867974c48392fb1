import { ClipboardCopy, RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import type { CheckResult } from "../../../main/areas/diagnostics/contract.ts";
import { desktopCalls } from "../../client/desktop.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { useNow } from "../../ui/now.ts";
import { Page, PageColumn, PageHeader } from "../../ui/Page.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { toast } from "../../ui/toasts.ts";
import { charts, lastHour } from "./charts.ts";
import { Checks } from "./Checks.tsx";
import { ConnectionSection } from "./ConnectionSection.tsx";
import { SizesSection } from "../retention/SizesSection.tsx";
import { BackupsSection } from "../storage/BackupsSection.tsx";
import { ErrorsSection } from "./ErrorsSection.tsx";
import { HourChart } from "./HourChart.tsx";
import { report } from "./report.ts";
import { RuntimeSection } from "./RuntimeSection.tsx";
import styles from "./DiagnosticsPage.module.css";
import { useDiagnostics, type Diagnostics } from "./store.ts";
import { calls } from "./calls.ts";

const refreshMs = 10_000;

function useChecks() {
  const [checks, setChecks] = useState<readonly CheckResult[] | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const run = async () => {
    setRunning(true);
    setError(null);
    try {
      setChecks((await calls.runChecks()).checks);
    } catch (caught) {
      setError(asCallError(caught));
    } finally {
      setRunning(false);
    }
  };
  useEffect(() => void run(), []);
  return { checks, isRunning, error, run };
}

export function DiagnosticsPage() {
  const { data: diagnostics, status, error } = useFollowed(useDiagnostics);
  const checking = useChecks();
  useEffect(() => {
    // Another page may have read the figures long ago.
    if (useDiagnostics.getState().status !== "loading") void useDiagnostics.reload();
    const timer = setInterval(() => !document.hidden && void useDiagnostics.reload(), refreshMs);
    return () => clearInterval(timer);
  }, []);

  const copyReport = async (facts: Diagnostics) => {
    try {
      await desktopCalls.copyText({ text: report(facts, checking.checks, Date.now()) });
      toast("Report copied, without paths of your home, keys, sessions or clients.");
    } catch (caught) {
      toast(`The report was not copied. ${asCallError(caught).message}`, { tone: "deny" });
    }
  };

  return (
    <Page>
      <PageHeader title="Diagnostics">
        <Button
          icon={<ClipboardCopy size={16} aria-hidden />}
          disabled={diagnostics === null}
          onClick={() => diagnostics !== null && void copyReport(diagnostics)}
        >
          Copy report
        </Button>
        <Button
          icon={<RotateCw size={16} aria-hidden />}
          isBusy={checking.isRunning}
          onClick={() => void checking.run()}
        >
          {checking.isRunning ? "Checking…" : "Check again"}
        </Button>
      </PageHeader>
      <PageColumn isWide>
        <Checks {...checking} />
        {status === "failed" && (
          <div className={styles.note}>
            <ErrorNote
              title="The figures could not be read."
              error={error}
              onRetry={() => void useDiagnostics.reload()}
            />
          </div>
        )}
        {diagnostics === null ? (
          status === "loading" && <Loading />
        ) : (
          <>
            <LastHour diagnostics={diagnostics} />
            <ErrorsSection errors={diagnostics.recentErrors} />
            <SizesSection className={styles.section} />
            <BackupsSection className={styles.section} />
            <ConnectionSection connection={diagnostics.connection} platform={diagnostics.runtime.platform} />
            <RuntimeSection runtime={diagnostics.runtime} />
          </>
        )}
      </PageColumn>
    </Page>
  );
}

function LastHour({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const now = useNow();
  return (
    <section className={styles.section}>
      <h2>The last hour</h2>
      <div className={styles.charts}>
        {charts.map((definition) => (
          <HourChart
            key={definition.id}
            definition={definition}
            series={lastHour(diagnostics.minutes, now, definition.pick)}
          />
        ))}
      </div>
    </section>
  );
}

function Loading() {
  return (
    <section className={styles.section} role="status" aria-label="Loading the figures">
      <h2>The last hour</h2>
      <div className={styles.charts}>
        {charts.map(({ id }) => (
          <Skeleton key={id} height={102} />
        ))}
      </div>
    </section>
  );
}
