import { Ellipsis, Download, Upload } from "lucide-react";
import { useState } from "react";
import { asCallError, hasCode } from "../../client/errors.ts";
import { windowDesktopCalls } from "../../client/desktop-window.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, MenuItem } from "../../ui/Menu.tsx";
import { counted } from "../../ui/text-rows.ts";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";

type Format = "json" | "markdown";
type Counts = Awaited<ReturnType<typeof calls.importMemories>>;

interface Chosen {
  readonly text: string;
  readonly counts: Counts;
}

const failed = (what: string, caught: unknown) =>
  toast(`${what} ${asCallError(caught).message}`, { tone: "deny" });
const memories = (count: number) => counted(count, "memory", "memories");

async function wholeExport(format: Format): Promise<string> {
  const pieces: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const piece: { text: string; next: string | null } = await calls.exportMemories({
      format,
      ...(after === undefined ? {} : { after }),
    });
    pieces.push(piece.text);
    after = piece.next;
  }
  return pieces.join("");
}

async function exportAs(format: Format): Promise<void> {
  try {
    const text = await wholeExport(format);
    const name = format === "json" ? "memories.json" : "memories.md";
    const { path } = await windowDesktopCalls.saveText({ name, text });
    if (path !== null) toast(`Written to ${path}`);
  } catch (caught) {
    failed("Not exported.", caught);
  }
}

/** Takes memories out into a file, and in from one after showing what would come. */
export function TransferMenu() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const choose = async () => {
    try {
      const { text } = await windowDesktopCalls.openText();
      if (text === null) return;
      setChosen({ text, counts: await calls.importMemories({ text, preview: true }) });
    } catch (caught) {
      failed("Not imported.", caught);
    }
  };
  return (
    <>
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label="Import and export" />}>
        <MenuItem icon={<Upload size={14} aria-hidden />} onSelect={() => void choose()}>
          Import…
        </MenuItem>
        <MenuItem icon={<Download size={14} aria-hidden />} onSelect={() => void exportAs("json")}>
          Export as JSON…
        </MenuItem>
        <MenuItem icon={<Download size={14} aria-hidden />} onSelect={() => void exportAs("markdown")}>
          Export as Markdown…
        </MenuItem>
      </Menu>
      {chosen !== null && <ImportDialog {...chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function ImportDialog({ text, counts, onClose }: Chosen & { readonly onClose: () => void }) {
  const [isBusy, setBusy] = useState(false);
  const { found, added, skipped, secrets, unfit } = counts;
  const take = async () => {
    setBusy(true);
    try {
      const done = await calls.importMemories({ text });
      toast(`Imported ${memories(done.added)}.`);
      onClose();
    } catch (caught) {
      setBusy(false);
      failed(hasCode(caught, "memories.too_many") ? "Not all were imported." : "Not imported.", caught);
    }
  };
  return (
    <Dialog
      title={`Import ${memories(added)}?`}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" isBusy={isBusy} disabled={added === 0} onClick={() => void take()}>
            Import
          </Button>
        </>
      }
    >
      <p>The file has {memories(found)}.</p>
      {skipped > 0 && <p>{memories(skipped)} there already, left out.</p>}
      {secrets > 0 && (
        <p>{memories(secrets)} look like secrets, left out. Add them by hand if you mean them.</p>
      )}
      {unfit > 0 && <p>{memories(unfit)} blank, too long or no text, left out.</p>}
    </Dialog>
  );
}
