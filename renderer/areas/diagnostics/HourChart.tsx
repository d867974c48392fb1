import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useTheme } from "../../page/theme.ts";
import { clockTime } from "../../ui/time.ts";
import { tokenColour } from "../../ui/token-colour.ts";
import { inWords, summary, type ChartDefinition, type Series } from "./charts.ts";
import styles from "./HourChart.module.css";

const height = 64;

/** Follows the look of the system, which colours drawn on a canvas do not do by themselves. */
function useScheme(): string {
  const { theme } = useTheme();
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const onChange = () => setDark(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  return theme === "system" ? (isDark ? "dark" : "light") : theme;
}

interface Props {
  readonly definition: ChartDefinition;
  readonly series: Series;
}

/** One measure over the last hour: counts as bars, times as dots on a line. */
export function HourChart({ definition, series }: Props) {
  const { kind, title } = definition;
  const scheme = useScheme();
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data = useRef<Series>(series);
  data.current = series;
  const [pointed, setPointed] = useState<number | null>(null);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const made = new uPlot(options(kind, element.clientWidth, setPointed), dataOf(data.current), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [kind, scheme]);

  useEffect(() => plot.current?.setData(dataOf(series)), [series]);

  const whole = summary(definition, series);
  const at = pointed === null ? undefined : series.at[pointed];
  const value = pointed === null ? undefined : series.values[pointed];
  const isPointed = at !== undefined && value !== undefined && value !== null;
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <span className={styles.title}>{title}</span>
        <span className={styles.value}>
          {isPointed ? (
            <>
              {inWords(kind, value)} <span className={styles.muted}>at {clockTime(at * 1000)}</span>
            </>
          ) : (
            (whole ?? <span className={styles.muted}>nothing yet</span>)
          )}
        </span>
      </figcaption>
      <div
        ref={holder}
        className={styles.plot}
        role="img"
        aria-label={`${title}, last hour: ${whole ?? "nothing yet"}`}
      />
      <div className={styles.ends} aria-hidden>
        <span>1 h ago</span>
        <span>now</span>
      </div>
    </figure>
  );
}

const dataOf = ({ at, values }: Series): uPlot.AlignedData => [[...at], [...values]];

function options(
  kind: ChartDefinition["kind"],
  width: number,
  onPoint: (index: number | null) => void,
): uPlot.Options {
  const colour = tokenColour("accent");
  const fill = tokenColour("accent-tint");
  const bars = uPlot.paths.bars?.({ size: [0.72, 8] });
  return {
    width,
    height,
    padding: [4, 0, 0, 0],
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { time: true, range: (_plot, min, max) => [min - 30, max + 30] },
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
    },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { show: kind === "time" } },
    series: [
      {},
      {
        stroke: colour,
        width: kind === "time" ? 1.5 : 0,
        fill: kind === "time" ? fill : colour,
        spanGaps: false,
        points: { show: kind === "time", size: 4, fill: colour },
        ...(kind === "count" && bars !== undefined ? { paths: bars } : {}),
      },
    ],
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  };
}
