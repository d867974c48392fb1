import { useEffect, useRef, useState } from "react";
import { kindOf, useWaiting } from "../areas/index.ts";

/** Reads what newly waits aloud to a screen reader, wherever in the window a person is. */
export function Announcer() {
  const { data, status } = useWaiting();
  const newest = data.waiting.at(-1) ?? null;
  const isReady = status === "ready";
  const seen = useRef<number | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (!isReady) return;
    const before = seen.current;
    seen.current = Math.max(before ?? 0, newest?.askedAt ?? 0);
    // What waited before the window opened is in the list; only what comes later is news.
    if (before === null || newest === null || newest.askedAt <= before) return;
    setWords(kindOf(newest).announcement(newest));
  }, [newest, isReady]);
  return (
    <div className="visually-hidden" role="status">
      {words}
    </div>
  );
}
