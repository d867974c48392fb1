import { useState } from "react";
import type { Memory } from "../../../main/areas/memories/contract.ts";
import { asCallError, hasCode, type CallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Field, Input, TextArea } from "../../ui/Field.tsx";
import { calls } from "./calls.ts";
import styles from "./Memories.module.css";
import { tagsIn } from "../../ui/typed-tags.ts";

const longest = 16_384;

interface Props {
  /** Null: a new one. */
  readonly memory: Memory | null;
  readonly onClose: () => void;
  readonly onSaved: (memory: Memory) => void;
}

/** Words and tags of a memory. What looks like a secret is asked back before it is kept. */
export function MemoryDialog({ memory, onClose, onSaved }: Props) {
  const [content, setContent] = useState(memory?.content ?? "");
  const [tags, setTags] = useState(memory?.tags.join(", ") ?? "");
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const isSecret = error !== null && hasCode(error, "memories.looks_secret");
  const canSave = content.trim() !== "" && !isSaving;

  const edit = (change: () => void) => {
    setError(null);
    change();
  };
  const save = async (isSecretMeant: boolean) => {
    if (!canSave) return;
    setSaving(true);
    const text = { content, tags: tagsIn(tags), isSecretMeant };
    try {
      const saved =
        memory === null ? await calls.addMemory(text) : await calls.editMemory({ id: memory.id, ...text });
      onSaved(saved);
      onClose();
    } catch (caught) {
      setError(asCallError(caught));
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={memory === null ? "New memory" : "Edit memory"}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={isSecret ? "danger" : "primary"}
            disabled={!canSave && !isSaving}
            isBusy={isSaving}
            onClick={() => void save(isSecret)}
          >
            {isSecret ? "Keep it anyway" : memory === null ? "Keep" : "Save"}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save(isSecret);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save(isSecret);
        }}
      >
        <Field
          label="What is to be known"
          hint="In words that make sense alone. Later runs may be told of it."
        >
          <TextArea
            rows={7}
            maxLength={longest}
            value={content}
            onChange={(event) => edit(() => setContent(event.target.value))}
          />
        </Field>
        <Field label="Tags" hint="With commas between them.">
          <Input
            value={tags}
            onChange={(event) => edit(() => setTags(event.target.value))}
            maxLength={1_300}
          />
        </Field>
        {error !== null && (
          <ErrorNote
            title={isSecret ? "Is this a secret?" : "It was not kept."}
            error={
              isSecret
                ? {
                    message: `${error.message} What is kept here is told to models and lies on this disk as plain text.`,
                  }
                : error
            }
          />
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
