import { useState } from "react";
import { useFollowed } from "../../client/use-followed.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";
import { RestoreDialog } from "./RestoreDialog.tsx";
import { canGoBack, storageWords } from "./storage-words.ts";
import { useStorage } from "./store.ts";

/** Said on every page: whether anything can be allowed depends on it. */
export function StorageBanner() {
  const { data: status } = useFollowed(useStorage);
  const [isChoosing, setChoosing] = useState(false);
  const words = status === null ? null : storageWords(status);
  if (status === null || words === null) return null;
  const dismiss = async () => {
    try {
      await calls.dismissIncident();
    } catch {
      toast("That could not be put on record. Try again later.", { tone: "deny" });
    }
  };
  const isOver = status.trouble === null && !status.isReplaced;
  return (
    <Banner words={words}>
      {canGoBack(status) && (
        <Button size="small" onClick={() => setChoosing(true)}>
          {status.backups.length > 0 ? "Restore a backup…" : "Begin anew…"}
        </Button>
      )}
      {isOver && (
        <Button size="small" onClick={() => void dismiss()}>
          {canGoBack(status) ? "Go on without" : "OK"}
        </Button>
      )}
      {isChoosing && <RestoreDialog backups={status.backups} onClose={() => setChoosing(false)} />}
    </Banner>
  );
}
