import styles from "./Skeleton.module.css";

/** The shape of what is on its way. Give it the size of the real thing. */
export function Skeleton({
  width = "100%",
  height = 12,
}: {
  readonly width?: number | string;
  readonly height?: number;
}) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}

/** Rows of a list that is loading, as high as its real rows. */
export function SkeletonRows({ rows = 6, height }: { readonly rows?: number; readonly height: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height }}>
          <Skeleton width={`${62 - ((row * 17) % 30)}%`} />
          {height >= 44 && <Skeleton width={`${38 - ((row * 11) % 18)}%`} height={10} />}
        </div>
      ))}
    </div>
  );
}
