import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/Copy.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import styles from "./Access.module.css";

interface Props {
  readonly name: string;
  readonly token: string;
  readonly onClose: () => void;
}

export function MadeKey({ name, token, onClose }: Props) {
  return (
    <Dialog
      title={`The key “${name}”`}
      onClose={onClose}
      isLastChance
      footer={
        <Button look="primary" onClick={onClose}>
          I have put it away
        </Button>
      }
    >
      <div className={styles.form}>
        <p>This is the only time it is shown. Gatehouse keeps no copy; if it is lost, make another.</p>
        <div className={styles.token}>
          <code className="selectable">{token}</code>
          <CopyButton text={token} label="Copy the key" />
        </div>
        <p className={styles.hint}>
          Tools send it as a bearer token; the command line takes it as <code>--token</code> or{" "}
          <code>GATEHOUSE_TOKEN</code>.
        </p>
      </div>
    </Dialog>
  );
}
