import type { NotificationSettings } from "../areas/notifications/contract.ts";
import { permissions, type Loosened } from "../areas/permissions/contract.ts";
import { runs, type Run } from "../areas/runs/contract.ts";
import { questions } from "../areas/questions/contract.ts";
import { waitingPermission, waitingQuestion, type WaitingItem } from "../areas/waiting/contract.ts";
import type { RunId } from "../contract/ids.ts";
import { personAt } from "../contract/principal.ts";
import { handlerOf, type Announced } from "../kernel/handlers.ts";
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
  /** `undoableUntil`: answered by the person, who can take it back until then. */
  settled?(item: WaitingItem, undoableUntil: number | null): void;
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
  const settled = (item: WaitingItem, undoableUntil: number | null = null) => {
    waiting.delete(item.id);
    tell((listener) => listener.settled?.(item, undoableUntil));
  };

  const handlers = [
    handlerOf(permissions, {
      asked: (_, request) => asked(waitingPermission(request)),
      settled: (_, request) => settled(waitingPermission(request)),
      // For the person it is answered; if they take it back it comes anew.
      denying: (_, { request, until }) => settled(waitingPermission(request), until),
      undone: (_, request) => asked(waitingPermission(request)),
      loosened: (_, what) => tell((listener) => listener.loosened?.(what)),
      granted: "ignore",
      revoked: "ignore",
      recorded: "ignore",
    }),
    handlerOf(questions, {
      asked: (_, question) => asked(waitingQuestion(question)),
      settled: (_, question) => settled(waitingQuestion(question)),
    }),
    handlerOf(runs, {
      started(_, run) {
        activeRuns.add(run.id);
        tell(() => undefined);
      },
      changed(_, run) {
        if (isActive(run)) activeRuns.add(run.id);
        else if (activeRuns.delete(run.id)) tell((listener) => listener.runEnded?.(run));
      },
      removed: "ignore",
    }),
    handlerOf(daemon.areas.settings, {
      changed(_, now) {
        notifications = now.notifications;
        tell(() => undefined);
      },
    }),
  ];

  let missed: Announced[] | null = [];
  const apply = (event: Announced) => handlers.forEach((handle) => handle(event));
  const unsubscribe = daemon.bus.subscribe((event) => (missed === null ? apply(event) : missed.push(event)));
  const pending = await daemon.routes.permissions.listPending({}, reader);
  for (const request of pending.permissions) waiting.set(request.id, waitingPermission(request));
  const open = await daemon.routes.questions.listPending({}, reader);
  for (const question of open.questions) waiting.set(question.id, waitingQuestion(question));
  const active = await daemon.routes.runs.listRuns({ status: "active", limit: 500 }, reader);
  for (const run of active.runs) activeRuns.add(run.id);
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
