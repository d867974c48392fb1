import type { Runtime } from "../../../main/areas/diagnostics/contract.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useNow } from "../../ui/now.ts";
import { PathLink } from "../../ui/PathLink.tsx";
import { duration } from "../../ui/time.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import pageStyles from "./DiagnosticsPage.module.css";

const bytes = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const size = (value: number) =>
  value < 1024 * 1024 ? `${bytes.format(value / 1024)} KiB` : `${bytes.format(value / 1024 / 1024)} MiB`;

export function RuntimeSection({ runtime }: { readonly runtime: Runtime }) {
  const now = useNow();
  const engine =
    runtime.electron === null ? `Node ${runtime.node}` : `Electron ${runtime.electron}, Node ${runtime.node}`;
  const model = runtime.model === "" ? runtime.provider : `${runtime.provider} · ${runtime.model}`;
  return (
    <section className={pageStyles.section}>
      <h2>This Gatehouse</h2>
      <Facts
        isTable
        facts={[
          { label: "Version", value: `${runtime.version} on ${runtime.platform}, ${engine}` },
          {
            label: "Running for",
            value: (
              <>
                {duration(Math.max(0, now - runtime.startedAt))}, started{" "}
                <RelativeTime at={runtime.startedAt} />
              </>
            ),
          },
          { label: "Process", value: `${runtime.pid}, ${size(runtime.residentBytes)} of memory` },
          { label: "Default model", value: model },
          {
            label: "Workspace",
            value: (
              <>
                <PathLink path={runtime.workspace} />
                {!runtime.codingEnabled && " tools are off"}
              </>
            ),
          },
          { label: "Home", value: <PathLink path={runtime.home} /> },
          {
            label: "Database",
            value: (
              <>
                <PathLink path={runtime.databasePath} /> {size(runtime.databaseBytes)}
              </>
            ),
          },
          { label: "Settings", value: <PathLink path={runtime.settingsPath} /> },
          { label: "Log", value: runtime.logPath === null ? "None" : <PathLink path={runtime.logPath} /> },
        ]}
      />
    </section>
  );
}
