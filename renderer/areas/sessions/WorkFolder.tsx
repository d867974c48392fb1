import type { Session } from "../../../main/areas/sessions/contract.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { PathLink } from "../../ui/PathLink.tsx";
import { useSettings } from "../settings/store.ts";

/** Where a session's runs work: its own folder, or the one of the settings. */
export function WorkFolder({ session }: { readonly session: Pick<Session, "workspace"> }) {
  const { data: settings } = useFollowed(useSettings);
  const folder = session.workspace ?? settings?.workspace ?? null;
  return folder === null ? null : (
    <span>
      in <PathLink path={folder} />
    </span>
  );
}
