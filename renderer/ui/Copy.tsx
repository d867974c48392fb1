import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import styles from "./Copy.module.css";
import { IconButton } from "./IconButton.tsx";
import { useSurroundings } from "./surroundings.ts";
import { toast } from "./toasts.ts";
import { Tooltip } from "./Tooltip.tsx";

const shownMs = 1500;

function useCopy(text: string) {
  const { copyText } = useSurroundings();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    copyText(text).then(
      () => setCopied(true),
      () => toast("That could not be copied.", { tone: "deny" }),
    );
  };
  return { isCopied, copy };
}

export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const { isCopied, copy } = useCopy(text);
  return <IconButton icon={isCopied ? Check : Copy} label={isCopied ? "Copied" : label} onClick={copy} />;
}

/** An id, shortened to what tells it apart, whole on hover; a click copies it whole. */
export function Id({ id }: { readonly id: string }) {
  const { isCopied, copy } = useCopy(id);
  const short = /^[a-z]+_[0-9a-f]{12,}$/.test(id) ? id.slice(0, id.indexOf("_") + 9) : id;
  return (
    <Tooltip text={isCopied ? "Copied" : `${id} · click to copy`}>
      <button type="button" className={styles.id} onClick={copy}>
        <span className="visually-hidden">Copy</span>
        <bdi>{short}</bdi>
        {isCopied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
      </button>
    </Tooltip>
  );
}
