import { ChartColumn } from "lucide-react";
import { useMemo, useState } from "react";
import { useQueried } from "../../client/use-queried.ts";
import { go } from "../../page/navigation.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Page, PageColumn, PageHeader } from "../../ui/Page.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { DayChart } from "./DayChart.tsx";
import { usageOf, type Grouping, type UsageShown } from "./store.ts";
import styles from "./UsagePage.module.css";
import { UsageTable } from "./UsageTable.tsx";
import {
  dollars,
  exactDollars,
  runCount,
  shortCount,
  tokensOf,
  tokenWords,
  unpricedWords,
} from "./usage-words.ts";

const spans = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
] as const;

const groupings: readonly { readonly value: Grouping; readonly label: string }[] = [
  { value: "model", label: "Models" },
  { value: "client", label: "Clients" },
  { value: "session", label: "Sessions" },
];

export function UsagePage() {
  const [span, setSpan] = useState<(typeof spans)[number]["value"]>("30");
  const [by, setBy] = useState<Grouping>("model");
  const store = useMemo(() => usageOf(Number(span), by), [span, by]);
  const { data: shown, status, error } = useQueried(store);
  return (
    <Page>
      <PageHeader title="Usage">
        <Segmented label="How far back" value={span} options={spans} onChange={setSpan} />
      </PageHeader>
      <PageColumn isWide>
        {status === "loading" && <SkeletonRows height={56} rows={5} />}
        {status === "failed" && (
          <ErrorNote
            title="What was used could not be read."
            error={error}
            onRetry={() => void store.reload()}
          />
        )}
        {shown !== null && shown.total.runs === 0 && (
          <EmptyState icon={ChartColumn} title="Nothing was used in these days">
            Once a run has ended whose model says what it used, its tokens and what they cost are here.
          </EmptyState>
        )}
        {shown !== null && shown.total.runs > 0 && (
          <>
            <Sums shown={shown} days={Number(span)} />
            <DayChart rows={shown.days} since={shown.since} until={shown.until} />
            <section className={styles.section}>
              <div className={styles.grouping}>
                <h2>Where it went</h2>
                <Segmented label="Group by" value={by} options={groupings} onChange={setBy} />
              </div>
              <UsageTable
                rows={shown.rows}
                by={by}
                onOpen={by === "session" ? (name) => go("sessions", name) : undefined}
              />
            </section>
            <p className={styles.note}>
              Costs are in US dollars, at the prices known when a run ended.{" "}
              <TextButton onClick={() => go("settings", "usage")}>Prices and limits</TextButton>
            </p>
          </>
        )}
      </PageColumn>
    </Page>
  );
}

function Sums({ shown, days }: { readonly shown: UsageShown; readonly days: number }) {
  const { total, today } = shown;
  const leftOut = unpricedWords(total);
  return (
    <>
      <dl className={styles.sums}>
        <div>
          <dt>Today</dt>
          <dd title={exactDollars(today.cost)}>{dollars(today.cost)}</dd>
        </div>
        <div>
          <dt>In {days} days</dt>
          <dd title={exactDollars(total.cost)}>
            {total.unpricedRuns === total.runs ? "–" : dollars(total.cost)}
          </dd>
        </div>
        <div>
          <dt>Tokens</dt>
          <dd title={tokenWords(total)}>{shortCount(tokensOf(total))}</dd>
        </div>
        <div>
          <dt>Runs</dt>
          <dd title={runCount(total.runs)}>{shortCount(total.runs)}</dd>
        </div>
      </dl>
      {leftOut !== null && <p className={styles.note}>{leftOut}</p>}
    </>
  );
}
