import { useState } from "react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Field, Input } from "../../ui/Field.tsx";
import { useSettings } from "../settings/store.ts";
import { calls } from "./calls.ts";
import styles from "./SessionsPage.module.css";
import { tagsIn } from "../../ui/typed-tags.ts";
import { useTags } from "./tags.ts";

const mostTags = 32;
const longestTag = 64;

interface Props {
  readonly session: Session;
  readonly onClose: () => void;
}

export function EditSessionDialog({ session, onClose }: Props) {
  const { data: known } = useFollowed(useTags);
  const [title, setTitle] = useState(session.title);
  const [text, setText] = useState(session.tags.join(", "));
  const { data: settings } = useFollowed(useSettings);
  const [folder, setFolder] = useState(session.workspace ?? "");
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const tags = tagsIn(text);
  const tagError =
    tags.length > mostTags
      ? `A session has ${mostTags} tags at most.`
      : tags.some((tag) => tag.length > longestTag)
        ? `A tag has ${longestTag} characters at most.`
        : null;
  const canSave = title.trim() !== "" && tagError === null && !isSaving;
  const others = known.filter((tag) => !tags.includes(tag)).slice(0, 12);

  const save = async () => {
    if (!canSave) return;
    setSaving(true);
    try {
      await calls.editSession({ id: session.id, title, tags });
      const chosen = folder.trim() === "" ? null : folder.trim();
      if (chosen !== session.workspace) await calls.moveSession({ id: session.id, folder: chosen });
      onClose();
    } catch (caught) {
      setError(asCallError(caught));
      setSaving(false);
    }
  };

  return (
    <Dialog
      title="Name, tags and folder"
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!canSave && !isSaving}
            isBusy={isSaving}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name">
          <Input value={title} onChange={(event) => setTitle(event.target.value)} maxLength={200} />
        </Field>
        <Field label="Tags" hint="With commas between them." error={tagError}>
          <Input value={text} onChange={(event) => setText(event.target.value)} maxLength={2200} />
        </Field>
        {others.length > 0 && (
          <div className={styles.known} role="group" aria-label="Tags of other sessions">
            {others.map((tag) => (
              <Button key={tag} size="small" onClick={() => setText([...tags, tag].join(", "))}>
                <bdi>{tag}</bdi>
              </Button>
            ))}
          </div>
        )}
        <Field
          label="Folder"
          hint="Its runs work there from now on. What you allowed for another folder does not hold there."
        >
          <Input
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
            placeholder={settings?.workspace ?? ""}
            maxLength={4096}
            isCode
          />
        </Field>
        <button type="submit" hidden />
      </form>
      {error !== null && <ErrorNote title="It was not saved." error={error} />}
    </Dialog>
  );
}
