import { reloadWaiting, useWaiting } from "../areas/index.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";

/** Said on every page: without the list of what waits nothing here can be trusted to be up to date. */
export function TroubleBanner() {
  const { status, error } = useWaiting();
  if (status !== "failed") return null;
  return (
    <Banner words={`Gatehouse does not answer, so this window may be out of date. ${error?.message ?? ""}`}>
      <Button size="small" onClick={() => void reloadWaiting()}>
        Try again
      </Button>
    </Banner>
  );
}
