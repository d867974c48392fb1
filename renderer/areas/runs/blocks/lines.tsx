import {
  ChevronRight,
  CircleCheck,
  CircleSlash,
  CircleX,
  FoldVertical,
  OctagonX,
  RotateCw,
  Signpost,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import { memo, type ReactNode } from "react";
import { classNames } from "../../../ui/class-names.ts";
import { CommandBlock } from "../../../ui/CommandBlock.tsx";
import foldStyles from "../../../ui/fold.module.css";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { SafeMarkdown } from "../../../ui/SafeMarkdown.tsx";
import { TextButton } from "../../../ui/TextButton.tsx";
import { failureWords, type FailureWords } from "../failure-words.ts";
import type { EndBlock, NoteBlock, PromptBlock, TextBlock } from "../timeline/block.ts";
import styles from "./lines.module.css";

interface Foldable {
  readonly isOpen: boolean;
  readonly onToggle: (key: number) => void;
}

const shownOfPrompt = 1200;
const shownLinesOfPrompt = 14;

/** Where a long prompt is folded; null shows it whole. */
function foldPlace(text: string): number | null {
  let place = 0;
  for (let line = 0; line < shownLinesOfPrompt; line++) {
    const newline = text.indexOf("\n", place);
    if (newline === -1) {
      place = text.length;
      break;
    }
    place = newline + 1;
  }
  const cut = Math.min(place, shownOfPrompt);
  return text.length - cut > 80 ? cut : null;
}

export const PromptView = memo(function PromptView({
  block,
  isOpen,
  onToggle,
}: Foldable & { block: PromptBlock }) {
  const cut = foldPlace(block.text);
  return (
    <section className={styles.prompt} aria-label="Prompt">
      <div className={styles.from}>
        <span>
          {block.clientId === "" ? "Prompt" : <bdi>{block.clientId}</bdi>}
          {block.skill !== null && (
            <>
              {" · skill "}
              <bdi>{block.skill}</bdi>
            </>
          )}
        </span>
        <RelativeTime at={block.at} />
      </div>
      {cut === null ? (
        <div className={classNames(styles.promptText, "selectable")} dir="auto">
          {block.text}
        </div>
      ) : isOpen ? (
        <CommandBlock text={block.text} label="Prompt" maxHeight={480} />
      ) : (
        <div className={classNames(styles.promptText, "selectable")} dir="auto">
          {block.text.slice(0, cut).trimEnd()} …
        </div>
      )}
      {cut !== null && (
        <TextButton className={styles.more} aria-expanded={isOpen} onClick={() => onToggle(block.key)}>
          {isOpen ? "Show less" : `Show all ${block.text.length.toLocaleString()} characters`}
        </TextButton>
      )}
    </section>
  );
});

/** Parsing a piece this long with every frame would stutter; it is plain until it is complete. */
const longestLivePiece = 24_000;

interface PieceProps extends Foldable {
  readonly block: TextBlock;
  readonly index: number;
  readonly text: string;
}

export const TextPiece = memo(function TextPiece({ block, index, text, isOpen, onToggle }: PieceProps) {
  const isLast = index >= block.chunks.length - 1;
  const isGrowing = block.state === "streaming" && isLast;
  return (
    <div className={classNames(block.state === "abandoned" && styles.abandoned)}>
      {index === 0 && block.thinking !== "" && (
        <Disclosure isOpen={isOpen} onToggle={() => onToggle(block.key)} title="Thoughts" icon={Signpost}>
          <CommandBlock text={block.thinking} label="Thoughts" />
        </Disclosure>
      )}
      {isGrowing && text.length > longestLivePiece ? (
        <div className={classNames(styles.plain, "selectable")} dir="auto">
          {text}
        </div>
      ) : (
        text !== "" && <SafeMarkdown text={text} />
      )}
      {isLast && block.state === "abandoned" && <p className={styles.aside}>The answer broke off here.</p>}
      {isLast && block.isCutShort && (
        <p className={styles.aside}>Cut short: the model’s limit for one answer.</p>
      )}
    </div>
  );
});

const noteLooks: Readonly<
  Record<NoteBlock["about"], { readonly icon: LucideIcon; readonly isBad?: boolean }>
> = {
  retry: { icon: RotateCw },
  nudge: { icon: Signpost },
  halt: { icon: OctagonX, isBad: true },
  error: { icon: TriangleAlert, isBad: true },
  compacted: { icon: FoldVertical },
};

export const NoteLine = memo(function NoteLine({ block, isOpen, onToggle }: Foldable & { block: NoteBlock }) {
  const { icon, isBad = false } = noteLooks[block.about];
  return (
    <Disclosure
      icon={icon}
      isBad={isBad}
      title={`${block.text}.`}
      isOpen={isOpen}
      onToggle={() => onToggle(block.key)}
    >
      {block.detail === null ? null : <CommandBlock text={block.detail} label="Details" />}
    </Disclosure>
  );
});

interface DisclosureProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly isBad?: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Null: there is nothing to open. */
  readonly children: ReactNode;
}

function Disclosure({ icon: Icon, title, isBad = false, isOpen, onToggle, children }: DisclosureProps) {
  const words = (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.words}>{title}</span>
    </>
  );
  const look = classNames(styles.note, isBad && styles.bad);
  if (children === null) return <div className={look}>{words}</div>;
  return (
    <>
      <button
        type="button"
        className={classNames(foldStyles.line, look, styles.opens)}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        {words}
        <ChevronRight size={14} aria-hidden className={foldStyles.chevron} />
      </button>
      {isOpen && <div className={foldStyles.inside}>{children}</div>}
    </>
  );
}

function Failure({ words: { title, detail } }: { readonly words: FailureWords }) {
  return (
    <>
      <div className={classNames(styles.error, "selectable")} dir="auto">
        {title}
      </div>
      {detail !== null && (
        <div className={classNames(styles.said, "selectable")} dir="auto">
          {detail}
        </div>
      )}
    </>
  );
}

export const EndLine = memo(function EndLine({ block }: { readonly block: EndBlock }) {
  switch (block.status) {
    case "done":
      return (
        <div className={styles.end}>
          <CircleCheck size={16} strokeWidth={1.75} aria-hidden /> Done <RelativeTime at={block.at} />
        </div>
      );
    case "canceled":
      return (
        <div className={styles.end}>
          <CircleSlash size={16} strokeWidth={1.75} aria-hidden /> Canceled <RelativeTime at={block.at} />
        </div>
      );
    case "failed":
      return (
        <div className={classNames(styles.end, styles.failed)} role="alert">
          <CircleX size={16} strokeWidth={1.75} aria-hidden />
          <div className={styles.words}>
            <div>
              Failed <RelativeTime at={block.at} />
            </div>
            {block.error !== null && <Failure words={failureWords(block.error)} />}
          </div>
        </div>
      );
  }
});
