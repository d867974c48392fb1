import type { Loosened, PermissionSummary } from "../areas/permissions/contract.ts";
import type { Run } from "../areas/runs/contract.ts";
import type { NotificationSettings, notificationSettings } from "../areas/notifications/contract.ts";
import type { SettingsWith } from "../areas/settings/contract.ts";
import type { PermissionId, RunId } from "../contract/ids.ts";
import { personAt } from "../contract/principal.ts";
import type { DesktopDaemon } from "./daemon.ts";

/** What the shell has to know of the daemon at any moment. */
export interface GateView {
  /** Oldest first. */
  readonly pending: readonly PermissionSummary[];
  readonly activeRuns: number;
  readonly notifications: NotificationSettings;
}

export interface GateViewListener {
  asked?(request: PermissionSummary): void;
  settled?(request: PermissionSummary): void;
  runEnded?(run: Run): void;
  loosened?(what: Loosened): void;
  /** After every change, also those above. */
  changed?(): void;
}

export interface GateViewSource {
  read(): GateView;
  listen(listener: GateViewListener): void;
  stop(): void;
}

const reader = personAt("tray");
const isActive = (run: Run) => run.endedAt === null;

/** Reads once and then follows events. */
export async function followGate(daemon: DesktopDaemon): Promise<GateViewSource> {
  const listeners: GateViewListener[] = [];
  const pending = new Map<PermissionId, PermissionSummary>();
  const activeRuns = new Set<RunId>();
  let notifications = (await daemon.routes.settings.getSettings({}, reader)).notifications;

  const tell = (announce: (listener: GateViewListener) => void) => {
    for (const listener of listeners) {
      announce(listener);
      listener.changed?.();
    }
  };

  const handlers: Readonly<Record<string, (payload: never) => void>> = {
    "permissions.asked": (request: PermissionSummary) => {
      pending.set(request.id, request);
      tell((listener) => listener.asked?.(request));
    },
    "permissions.settled": (request: PermissionSummary) => {
      pending.delete(request.id);
      tell((listener) => listener.settled?.(request));
    },
    "permissions.loosened": (what: Loosened) => tell((listener) => listener.loosened?.(what)),
    "runs.started": (run: Run) => {
      activeRuns.add(run.id);
      tell(() => undefined);
    },
    "runs.changed": (run: Run) => {
      if (isActive(run)) activeRuns.add(run.id);
      else if (activeRuns.delete(run.id)) tell((listener) => listener.runEnded?.(run));
    },
    "settings.changed": (settings: SettingsWith<typeof notificationSettings>) => {
      notifications = settings.notifications;
      tell(() => undefined);
    },
  };

  let missed: { type: string; payload: unknown }[] | null = [];
  const apply = ({ type, payload }: { type: string; payload: unknown }) => handlers[type]?.(payload as never);
  const unsubscribe = daemon.bus.subscribe((event) => (missed === null ? apply(event) : missed.push(event)));
  const { permissions } = await daemon.routes.permissions.listPending({}, reader);
  for (const request of permissions) pending.set(request.id, request);
  const { runs } = await daemon.routes.runs.listRuns({ status: "active", limit: 500 }, reader);
  for (const run of runs) activeRuns.add(run.id);
  const late = missed;
  missed = null;
  late.forEach(apply);

  return {
    read: () => ({
      pending: [...pending.values()].toSorted((a, b) => a.askedAt - b.askedAt),
      activeRuns: activeRuns.size,
      notifications,
    }),
    listen: (listener) => void listeners.push(listener),
    stop: unsubscribe,
  };
}
