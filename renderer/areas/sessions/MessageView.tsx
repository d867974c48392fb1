import { ChevronRight, CornerDownRight, Signpost, type LucideIcon } from "lucide-react";
import { memo, type ReactNode } from "react";
import { DENIED_BY_PERSON } from "../../../main/contract/denied.ts";
import type { ContentPart, StoredMessage } from "../../../main/areas/sessions/contract.ts";
import { go } from "../../page/navigation.ts";
import { classNames } from "../../ui/class-names.ts";
import { CommandBlock } from "../../ui/CommandBlock.tsx";
import foldStyles from "../../ui/fold.module.css";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { SafeMarkdown } from "../../ui/SafeMarkdown.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { toolWords } from "../runs/tool-words.ts";
import styles from "./MessageView.module.css";

interface Props {
  readonly message: StoredMessage;
  /** Goes on with the answer above, which already says who speaks. */
  readonly isFollowing: boolean;
  readonly opened: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

const joined = (content: readonly ContentPart[]) =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("");

/** Words that no person and no model wrote. */
function origin(metadata: StoredMessage["metadata"]): string | null {
  if (metadata === undefined) return null;
  if ("guardrail" in metadata) return "Added by a guardrail";
  if ("synthetic" in metadata) return "Filled in: the call had no result";
  return "compaction" in metadata ? "Summary of earlier messages" : null;
}

export const MessageView = memo(function MessageView({ message, isFollowing, opened, onToggle }: Props) {
  const by = origin(message.metadata);
  if (message.role === "tool")
    return <ToolResultView message={message} opened={opened} onToggle={onToggle} />;
  if (message.role === "user") {
    return (
      <div
        role="group"
        className={classNames(styles.user, by !== null && styles.added)}
        aria-label={by ?? "Prompt"}
      >
        <Head message={message} name={by ?? "Prompt"} />
        <div className={classNames(styles.plain, "selectable")} dir="auto">
          {joined(message.content)}
        </div>
      </div>
    );
  }
  return (
    <div role="group" className={styles.assistant} aria-label="Answer">
      {(!isFollowing || by !== null) && (
        <Head message={message} name={by ?? message.model ?? message.provider ?? "Answer"} />
      )}
      {message.content.map((part, place) => {
        const key = `${message.index}/${place}`;
        const fold = { isOpen: opened.has(key), onToggle: () => onToggle(key) };
        if (part.type === "text") return <SafeMarkdown key={key} text={part.text} />;
        if (part.type === "thinking") {
          return (
            <Fold key={key} {...fold} icon={Signpost} title="Thoughts">
              <CommandBlock text={part.thinking} label="Thoughts" />
            </Fold>
          );
        }
        const { icon, verb, target } = toolWords(part.toolCall.name, part.toolCall.arguments);
        return (
          <Fold
            key={key}
            {...fold}
            icon={icon}
            title={verb ?? part.toolCall.name}
            detail={target.slice(0, 400)}
          >
            <CommandBlock text={JSON.stringify(part.toolCall.arguments, null, 2) ?? ""} label="Arguments" />
          </Fold>
        );
      })}
    </div>
  );
});

function Head({ message, name }: { readonly message: StoredMessage; readonly name: string }) {
  const { runId } = message;
  return (
    <div className={styles.head}>
      <bdi className={styles.name}>{name}</bdi>
      <span className={styles.aside}>
        {runId !== null && (
          <TextButton className={styles.link} onClick={() => go("runs", runId)}>
            Open the run
          </TextButton>
        )}
        <RelativeTime at={message.createdAt} />
      </span>
    </div>
  );
}

function ToolResultView({ message, opened, onToggle }: Omit<Props, "isFollowing">) {
  const key = String(message.index);
  const told = joined(message.content);
  // That is said to the model: a person reads it in our words.
  const isDenied = message.isError === true && told === DENIED_BY_PERSON;
  const text = isDenied ? "No note was given." : told;
  return (
    <Fold
      icon={CornerDownRight}
      title={isDenied ? "Denied" : message.isError === true ? "Failed" : "Result"}
      isBad={message.isError === true}
      detail={text.slice(0, 400)}
      isOpen={opened.has(key)}
      onToggle={() => onToggle(key)}
    >
      <CommandBlock text={text} label="Result" maxHeight={320} />
    </Fold>
  );
}

interface FoldProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly detail?: string;
  readonly isBad?: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

function Fold({ icon: Icon, title, detail = "", isBad = false, isOpen, onToggle, children }: FoldProps) {
  return (
    <div>
      <button
        type="button"
        className={classNames(foldStyles.line, styles.fold)}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        <span className={classNames(styles.word, isBad && styles.bad)}>{title}</span>
        <bdi dir="ltr" className={styles.detail}>
          {detail.replaceAll("\n", " ⏎ ")}
        </bdi>
        <ChevronRight size={14} aria-hidden className={foldStyles.chevron} />
      </button>
      {isOpen && <div className={foldStyles.inside}>{children}</div>}
    </div>
  );
}
