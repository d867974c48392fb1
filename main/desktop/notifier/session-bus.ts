import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EventEmitter } from "node:events";
import { Message, sessionBus } from "@jellybrick/dbus-next";

const ANSWER_MS = 5000;

/** Where the session bus listens, or null where there is none. Looks no further: other ways start programs. */
export function sessionBusAddress(environment: Readonly<Record<string, string | undefined>>): string | null {
  const named = environment["DBUS_SESSION_BUS_ADDRESS"];
  if (named !== undefined && named !== "") return named;
  const runtime = environment["XDG_RUNTIME_DIR"];
  if (runtime === undefined || runtime === "") return null;
  const socket = join(runtime, "bus");
  return existsSync(socket) ? `unix:path=${socket}` : null;
}

export interface RemoteObject {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

export interface SessionBus {
  /** Rejects when the service refuses or nothing answers in time. */
  call(object: RemoteObject, member: string, signature: string, body: unknown[]): Promise<readonly unknown[]>;
  /** Signals of one interface, whoever sends them. */
  listen(interfaceName: string, listener: (member: string, body: readonly unknown[]) => void): Promise<void>;
  close(): void;
}

const busItself: RemoteObject = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
};

/** `onLost` is called once, when the connection is of no more use. */
export async function connectSessionBus(
  address: string,
  onLost: (cause: unknown) => void,
): Promise<SessionBus> {
  const bus = sessionBus({ busAddress: address });
  await connected(bus);
  const errors: EventEmitter = bus;
  errors.removeAllListeners("error");
  errors.on("error", onLost);

  const call: SessionBus["call"] = async (object, member, signature, body) => {
    const message = new Message({ ...object, member, signature, body });
    return (await inTime(bus.call(message), `${object.interface}.${member}`))?.body ?? [];
  };

  return {
    call,
    async listen(interfaceName, listener) {
      bus.on("message", (message) => {
        if (message.interface === interfaceName) listener(message.member, message.body);
      });
      await call(busItself, "AddMatch", "s", [`type='signal',interface='${interfaceName}'`]);
    },
    close() {
      errors.off("error", onLost);
      errors.on("error", () => undefined);
      bus.disconnect();
    },
  };
}

function connected(bus: EventEmitter): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    bus.once("connect", () => resolve());
    bus.on("error", reject);
  });
  return inTime(ready, "the session bus");
}

async function inTime<T>(answer: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer in time`)), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
