import { useNow } from "./now.ts";
import { exactTime, relativeTime } from "./time.ts";
import { Tooltip } from "./Tooltip.tsx";

/** "4 min ago", with the exact moment on hover and for screen readers. */
export function RelativeTime({ at, className }: { readonly at: number; readonly className?: string }) {
  const now = useNow();
  return (
    <Tooltip text={exactTime(at)}>
      <time dateTime={new Date(at).toISOString()} className={className} style={{ whiteSpace: "nowrap" }}>
        {relativeTime(at, now)}
      </time>
    </Tooltip>
  );
}
