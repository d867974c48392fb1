import { useEffect, useRef, useState } from "react";
import { clientName } from "../areas/permissions/outcome-words.ts";
import { usePending } from "../areas/permissions/pending-store.ts";

/** Reads new requests aloud to a screen reader, wherever in the window a person is. */
export function Announcer() {
  const newest = usePending(({ data }) => data.waiting.at(-1) ?? null);
  const isReady = usePending(({ status }) => status === "ready");
  const seen = useRef<number | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (!isReady) return;
    const before = seen.current;
    seen.current = Math.max(before ?? 0, newest?.askedAt ?? 0);
    // What waited before the window opened is in the list; only what comes later is news.
    if (before === null || newest === null || newest.askedAt <= before) return;
    setWords(`${clientName(newest.clientId)} ${newest.wants}: ${newest.act.replaceAll("`", "")}`);
  }, [newest, isReady]);
  return (
    <div className="visually-hidden" role="status">
      {words}
    </div>
  );
}
