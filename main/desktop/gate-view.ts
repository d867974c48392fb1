import type { Loosened, PermissionSummary } from "../areas/permissions/contract.ts";
import type { Run } from "../areas/runs/contract.ts";
import type { NotificationSettings, notificationSettings } from "../areas/notifications/contract.ts";
import { waitingPermission, type WaitingItem } from "../areas/waiting/contract.ts";
import type { SettingsWith } from "../areas/settings/contract.ts";
import type { RunId } from "../contract/ids.ts";
import { personAt } from "../contract/principal.ts";
import type { DesktopDaemon } from "./daemon.ts";

/** What the shell has to know of the daemon at any moment. */
export interface GateView {
  /** Whatever waits for the person, the longest wait first. */
  readonly waiting: readonly WaitingItem[];
  readonly activeRuns: number;
  readonly notifications: NotificationSettings;
}

export interface GateViewListener {
  asked?(item: WaitingItem): void;
  settled?(item: WaitingItem): void;
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
  const waiting = new Map<string, WaitingItem>();
  const activeRuns = new Set<RunId>();
  let notifications = (await daemon.routes.settings.getSettings({}, reader)).notifications;

  const tell = (announce: (listener: GateViewListener) => void) => {
    for (const listener of listeners) {
      announce(listener);
      listener.changed?.();
    }
  };

  const asked = (item: WaitingItem) => {
    waiting.set(item.id, item);
    tell((listener) => listener.asked?.(item));
  };
  const settled = (item: WaitingItem) => {
    waiting.delete(item.id);
    tell((listener) => listener.settled?.(item));
  };

  const handlers: Readonly<Record<string, (payload: never) => void>> = {
    "permissions.asked": (request: PermissionSummary) => asked(waitingPermission(request)),
    "permissions.settled": (request: PermissionSummary) => settled(waitingPermission(request)),
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
  for (const request of permissions) waiting.set(request.id, waitingPermission(request));
  const { runs } = await daemon.routes.runs.listRuns({ status: "active", limit: 500 }, reader);
  for (const run of runs) activeRuns.add(run.id);
  const late = missed;
  missed = null;
  late.forEach(apply);

  return {
    read: () => ({
      waiting: [...waiting.values()].toSorted((a, b) => a.askedAt - b.askedAt),
      activeRuns: activeRuns.size,
      notifications,
    }),
    listen: (listener) => void listeners.push(listener),
    stop: unsubscribe,
  };
}
