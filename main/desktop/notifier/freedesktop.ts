import { Variant } from "@jellybrick/dbus-next";
import type { Notice } from "../../areas/notifications/notice.ts";
import type { Log } from "../../kernel/log.ts";
import type { NoticeBackend, OnNoticeAction } from "./backend.ts";
import { bodyText } from "./body-text.ts";
import { pressedAction } from "./pressed.ts";
import { connectSessionBus, type RemoteObject, type SessionBus } from "./session-bus.ts";

export const notificationService: RemoteObject = {
  destination: "org.freedesktop.Notifications",
  path: "/org/freedesktop/Notifications",
  interface: "org.freedesktop.Notifications",
};

const NEVER_EXPIRES = 0;
const EXPIRES_AS_USUAL = -1;
const URGENCY_NORMAL = 1;

/** Raw pixels, because a path inside a packaged app means nothing to another program. */
export interface NoticeIcon {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, alpha. */
  readonly pixels: Buffer;
}

/** What has just taken the place of something else, or has just come up, was not what a press was meant for. */
const STANDS_AFTER_MS = 800;

interface Shown {
  readonly notice: Notice;
  readonly since: number;
}

export interface FreedesktopDeps {
  readonly address: string;
  readonly icon: NoticeIcon | null;
  readonly onAction: OnNoticeAction;
  readonly log: Log;
}

interface Server {
  readonly bus: SessionBus;
  readonly capabilities: ReadonlySet<string>;
}

/** The notification service of Linux desktops, with buttons where the server draws them. */
export function createFreedesktopBackend({ address, icon, onAction, log }: FreedesktopDeps): NoticeBackend {
  const onScreen = new Map<number, Shown>();
  let server: Promise<Server> | null = null;
  let queue: Promise<void> = Promise.resolve();

  const idOf = (key: string | null): number => {
    for (const [id, { notice }] of onScreen) if (notice.key === key) return id;
    return 0;
  };

  const onSignal = (member: string, [id, detail]: readonly unknown[]) => {
    const shown = typeof id === "number" ? onScreen.get(id) : undefined;
    if (shown === undefined) return;
    const { notice, since } = shown;
    if (member === "NotificationReplied" && notice.reply !== undefined && typeof detail === "string") {
      return onAction(notice, "reply", detail);
    }
    if (member === "NotificationClosed") onScreen.delete(id as number);
    if (member !== "ActionInvoked") return;
    const action = pressedAction(notice, detail);
    if (action === null) return;
    onAction(notice, performance.now() - since < STANDS_AFTER_MS ? "show" : action);
  };

  const connect = async (): Promise<Server> => {
    const bus = await connectSessionBus(address, (cause) => {
      log.warn({ err: cause }, "the session bus was lost");
      server = null;
      onScreen.clear();
    });
    await bus.listen(notificationService, onSignal);
    const [capabilities] = await bus.call(notificationService, "GetCapabilities", "", []);
    return { bus, capabilities: new Set(capabilities as string[]) };
  };

  const reach = async (): Promise<Server> => {
    server ??= connect();
    try {
      return await server;
    } catch (error) {
      server = null;
      throw error;
    }
  };

  const enqueue = (task: () => Promise<void>) => {
    queue = queue.then(task).catch((error: unknown) => log.warn({ err: error }, "a notification failed"));
    return queue;
  };

  const close = async (key: string) => {
    const id = idOf(key);
    if (id === 0) return;
    onScreen.delete(id);
    const { bus } = await reach();
    await bus.call(notificationService, "CloseNotification", "u", [id]);
  };

  return {
    show(notice, replaces) {
      void enqueue(async () => {
        const { bus, capabilities } = await reach();
        const place = idOf(notice.key) || idOf(replaces);
        const [id] = await bus.call(notificationService, "Notify", "susssasa{sv}i", [
          "Gatehouse",
          place,
          "",
          notice.title,
          bodyText(notice.body, capabilities.has("body-markup")),
          capabilities.has("actions") ? actionList(notice, capabilities.has(REPLIES)) : [],
          hints(notice, icon),
          notice.isWaiting ? NEVER_EXPIRES : EXPIRES_AS_USUAL,
        ]);
        onScreen.delete(place);
        if (typeof id === "number") onScreen.set(id, { notice, since: performance.now() });
      });
    },
    withdraw: (key) => void enqueue(() => close(key)),
    async stop() {
      if (server === null) return;
      for (const { notice } of onScreen.values()) void enqueue(() => close(notice.key));
      await enqueue(async () => (await reach()).bus.close());
    },
  };
}

/** Servers that have a field to write in take an action of this name for it. */
const REPLIES = "inline-reply";

const actionList = ({ actions, reply }: Notice, canReply: boolean) => [
  "default",
  "Show",
  ...(reply !== undefined && canReply ? [REPLIES, reply.label] : []),
  ...actions.flatMap(({ action, label }) => [action, label]),
];

function hints(notice: Notice, icon: NoticeIcon | null): Record<string, Variant> {
  return {
    urgency: new Variant("y", URGENCY_NORMAL),
    "desktop-entry": new Variant("s", "gatehouse"),
    ...(notice.reply === undefined
      ? {}
      : {
          "x-kde-reply-placeholder-text": new Variant("s", notice.reply.placeholder),
          "x-kde-reply-submit-button-text": new Variant("s", notice.reply.label),
        }),
    ...(notice.hasSound
      ? { "sound-name": new Variant("s", "message-new-instant") }
      : { "suppress-sound": new Variant("b", true) }),
    ...(icon === null
      ? {}
      : {
          "image-data": new Variant("(iiibiiay)", [
            icon.width,
            icon.height,
            icon.width * 4,
            true,
            8,
            4,
            icon.pixels,
          ]),
        }),
  };
}
