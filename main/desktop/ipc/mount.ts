import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from "electron";
import type { Area, Page } from "../../contract/define.ts";
import type { Log } from "../../kernel/log.ts";
import { channels, type CallResult, type PageEvent } from "../../../preload/contract.ts";
import type { DesktopDaemon } from "../daemon.ts";
import { pageOf } from "../pages/address.ts";
import { isAlive } from "../pages/security.ts";
import { createCalls } from "./calls.ts";
import { createPush, type Push } from "./push.ts";
import { createFollowings, type Followings } from "./followings.ts";

export interface Ipc {
  /** From now on these contents are this page. Nothing else is ever answered. */
  register(page: Page, contents: WebContents): void;
  /** To one page only, outside the daemon's count of events. */
  tell(page: Page, type: string, payload: unknown): void;
  stop(): void;
}

export interface IpcDeps {
  readonly areas: readonly Area[];
  readonly routes: Readonly<Record<string, object>>;
  readonly daemon: DesktopDaemon;
  readonly log: Log;
}

interface Registered {
  readonly page: Page;
  readonly push: Push;
  readonly followings: Followings;
}

export function mountIpc({ areas, routes, daemon, log }: IpcDeps): Ipc {
  const registered = new Map<number, Registered>();
  const call = createCalls({ areas, routes, seq: () => daemon.bus.seq, log });

  /** Ours, in its main frame, at its own address. */
  const senderOf = ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): Registered | null => {
    const known = registered.get(sender.id);
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame;
    if (known !== undefined && isMainFrame && pageOf(senderFrame.url) === known.page) return known;
    log.warn(
      { contents: sender.id, url: senderFrame?.url },
      "a message from a page that is not ours was refused",
    );
    return null;
  };

  ipcMain.handle(channels.call, async (event, area: unknown, endpoint: unknown, input: unknown) => {
    const sender = senderOf(event);
    if (sender !== null) return call(sender.page, area, endpoint, input);
    const error = { code: "request.refused", message: "Only Gatehouse's own pages may call." };
    return { ok: false, error } satisfies CallResult;
  });
  ipcMain.on(channels.follow, (event, key: unknown, area: unknown, stream: unknown, input: unknown) =>
    senderOf(event)?.followings.follow(key, area, stream, input),
  );
  ipcMain.on(channels.leave, (event, key: unknown) => senderOf(event)?.followings.leave(key));

  const unsubscribe = daemon.bus.subscribe(({ type, seq, payload }) => {
    for (const { push } of registered.values()) push.add({ type, seq, payload });
  });

  return {
    register(page, contents) {
      const push = createPush((events: readonly PageEvent[]) => {
        if (isAlive(contents)) contents.send(channels.events, events);
      });
      const followings = createFollowings(page, { areas, log, streams: daemon.streams }, (event) =>
        push.add(event),
      );
      registered.set(contents.id, { page, push, followings });
      const { id } = contents;
      contents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) followings.stop();
      });
      contents.once("destroyed", () => {
        followings.stop();
        push.stop();
        registered.delete(id);
      });
    },
    tell(page, type, payload) {
      for (const each of registered.values()) {
        if (each.page === page) each.push.add({ type, seq: 0, payload });
      }
    },
    stop() {
      unsubscribe();
      ipcMain.removeHandler(channels.call);
      ipcMain.removeAllListeners(channels.follow);
      ipcMain.removeAllListeners(channels.leave);
      for (const { push, followings } of registered.values()) {
        followings.stop();
        push.stop();
      }
      registered.clear();
    },
  };
}
