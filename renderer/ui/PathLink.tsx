import { visibleText } from "../../main/contract/visible-text.ts";
import { classNames } from "./class-names.ts";
import { CodeText } from "./CodeText.tsx";
import styles from "./PathLink.module.css";
import { useSurroundings } from "./surroundings.ts";
import { toast } from "./toasts.ts";
import { Tooltip } from "./Tooltip.tsx";

/** A path as people write it: their own home, and only that, becomes `~`. For showing, never for sending anywhere. */
export function shortPath(path: string, home: string): string {
  if (home === "" || !path.startsWith(home)) return path;
  const rest = path.slice(home.length);
  return rest === "" || rest.startsWith("/") || rest.startsWith("\\") ? `~${rest}` : path;
}

export const useShortPath = (path: string): string => shortPath(path, useSurroundings().homePath);

interface Props {
  readonly path: string;
  /** It wraps: where something is decided by it, nothing of it is left out. */
  readonly isWhole?: boolean;
}

/** A path that shows itself in the file manager. Shortened at its start, where the least is lost; whole on hover. */
export function PathLink({ path, isWhole = false }: Props) {
  const { showPath } = useSurroundings();
  const shown = useShortPath(path);
  const open = () => {
    showPath(path).catch((error: Error) => toast(error.message, { tone: "deny" }));
  };
  return (
    <Tooltip text={`Show ${visibleText(path)} in the file manager`}>
      <button
        type="button"
        className={classNames(styles.path, isWhole && styles.whole)}
        onClick={(event) => {
          event.stopPropagation();
          open();
        }}
      >
        <bdi dir="ltr">
          <CodeText text={visibleText(shown)} />
        </bdi>
      </button>
    </Tooltip>
  );
}
