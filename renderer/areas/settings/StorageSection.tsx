import type { Settings } from "./sections.ts";
import { Group } from "./Group.tsx";
import { AmountSetting } from "./setting-fields.tsx";

/** How long and how much is kept. */
export function StorageSection({ settings }: { readonly settings: Settings }) {
  const { retention } = settings;
  return (
    <>
      <Group
        title="Sessions"
        description="With their messages and runs. One in which something goes on or waits is never deleted, nor is what you pinned in Memory."
      >
        <AmountSetting
          label="Delete after"
          hint="Days since it was last used."
          placeholder="never"
          value={retention.sessionsDays}
          change={(sessionsDays) => ({ retention: { sessionsDays } })}
        />
        <AmountSetting
          label="Keep at most"
          hint="Gigabytes; then those go first that were not used for longest."
          placeholder="all"
          value={retention.sessionsGb}
          change={(sessionsGb) => ({ retention: { sessionsGb } })}
        />
      </Group>
      <Group
        title="Logs of runs"
        description="How a run went, step by step. The run itself and what was said stay."
      >
        <AmountSetting
          label="Delete after"
          hint="Days since the run ended."
          placeholder="never"
          value={retention.runLogsDays}
          change={(runLogsDays) => ({ retention: { runLogsDays } })}
        />
        <AmountSetting
          label="Keep at most"
          hint="Gigabytes."
          placeholder="all"
          value={retention.runLogsGb}
          change={(runLogsGb) => ({ retention: { runLogsGb } })}
        />
      </Group>
      <Group
        title="Decisions and questions"
        description="What was asked and how it was answered. Once deleted it can't be shown in History."
      >
        <AmountSetting
          label="Delete after"
          hint="Days."
          placeholder="never"
          value={retention.decisionsDays}
          change={(decisionsDays) => ({ retention: { decisionsDays } })}
        />
        <AmountSetting
          label="Keep at most"
          hint="Gigabytes."
          placeholder="all"
          value={retention.decisionsGb}
          change={(decisionsGb) => ({ retention: { decisionsGb } })}
        />
      </Group>
    </>
  );
}
