import { TriangleAlert } from "lucide-react";
import { reloadWaiting, useWaiting } from "../areas/index.ts";
import { Button } from "../ui/Button.tsx";
import styles from "./Shell.module.css";

/** Said on every page: without the list of what waits nothing here can be trusted to be up to date. */
export function TroubleBanner() {
  const { status, error } = useWaiting();
  if (status !== "failed") return null;
  return (
    <div className={styles.banner} role="alert">
      <TriangleAlert size={16} aria-hidden />
      <span>Gatehouse does not answer, so this window may be out of date. {error?.message}</span>
      <Button size="small" onClick={() => void reloadWaiting()}>
        Try again
      </Button>
    </div>
  );
}
