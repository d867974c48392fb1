import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import type { Page } from "../main/contract/define.ts";
import { channels, type Bridge, type CallResult, type PageEvent } from "./contract.ts";

const CALLS_FLAG = "--gatehouse-calls=";

/** What the main process says this page may call and follow. It checks again itself; a page has no business even asking. */
function allowedCalls(): ReadonlySet<string> {
  const flag = process.argv.find((argument) => argument.startsWith(CALLS_FLAG));
  return new Set(flag?.slice(CALLS_FLAG.length).split(","));
}

const refused = (code: string, message: string): CallResult => ({ ok: false, error: { code, message } });

/** More than a page can miss between its start and its first listener. */
const MAX_KEPT = 2000;

type Listener = (events: readonly PageEvent[]) => void;

/** Events that come before anybody listens wait for the first who does. */
function receiveEvents() {
  const listeners = new Set<Listener>();
  let early: PageEvent[] = [];
  ipcRenderer.on(channels.events, (_event: IpcRendererEvent, events: readonly PageEvent[]) => {
    if (listeners.size === 0) early = [...early, ...events].slice(-MAX_KEPT);
    for (const listener of listeners) listener(events);
  });

  return (listener: Listener) => {
    listeners.add(listener);
    const missed = early;
    early = [];
    if (missed.length > 0) queueMicrotask(() => listener(missed));
    return () => void listeners.delete(listener);
  };
}

export function exposeBridge(page: Page): void {
  const allowed = allowedCalls();
  const onEvents = receiveEvents();

  const bridge: Bridge = {
    page,
    async call(area, endpoint, input) {
      if (!allowed.has(`${area}.${endpoint}`)) {
        return refused("request.unknown_call", "There is no such call for this page.");
      }
      try {
        return (await ipcRenderer.invoke(channels.call, area, endpoint, input)) as CallResult;
      } catch {
        return refused("connection.lost", "Gatehouse does not answer. Quit it and start it again.");
      }
    },
    onEvents,
    follow(key, area, stream, input) {
      if (allowed.has(`${area}.${stream}`)) ipcRenderer.send(channels.follow, key, area, stream, input);
    },
    leave(key) {
      ipcRenderer.send(channels.leave, key);
    },
  };

  contextBridge.exposeInMainWorld("gatehouse", bridge);
}
