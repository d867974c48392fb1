import { TriangleAlert } from "lucide-react";
import { usePending } from "../areas/permissions/pending-store.ts";
import { Button } from "../ui/Button.tsx";
import styles from "./Shell.module.css";

/** Said on every page: without the list of requests nothing here can be trusted to be up to date. */
export function TroubleBanner() {
  const { status, error } = usePending();
  if (status !== "failed") return null;
  return (
    <div className={styles.banner} role="alert">
      <TriangleAlert size={16} aria-hidden />
      <span>Gatehouse does not answer, so this window may be out of date. {error?.message}</span>
      <Button size="small" onClick={() => void usePending.reload()}>
        Try again
      </Button>
    </div>
  );
}
