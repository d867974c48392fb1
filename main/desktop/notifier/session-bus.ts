import type { EventEmitter } from "node:events";
import { Message, MessageType, sessionBus } from "@jellybrick/dbus-next";

const ANSWER_MS = 5000;

export interface RemoteObject {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

export interface SessionBus {
  /** Rejects when the service refuses or nothing answers in time. */
  call(object: RemoteObject, member: string, signature: string, body: unknown[]): Promise<readonly unknown[]>;
  /**
   * Signals of a service.
   *
   * Contract: only from whoever owns the service's name at that moment. Any program may send a signal that looks the
   * same, and one that says "the person pressed Allow" must not come from the agent that asks.
   */
  listen(object: RemoteObject, listener: (member: string, body: readonly unknown[]) => void): Promise<void>;
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
    async listen({ destination, interface: interfaceName }, listener) {
      let owner: unknown = null;
      bus.on("message", ({ type, sender, interface: from, member, body }) => {
        if (type !== MessageType.SIGNAL) return;
        if (sender === busItself.destination && member === "NameOwnerChanged" && body[0] === destination)
          owner = body[2];
        if (sender === owner && from === interfaceName) listener(member, body);
      });
      const isAbout = `type='signal',sender='${destination}',interface='${interfaceName}'`;
      const changesHands = `type='signal',sender='${busItself.destination}',member='NameOwnerChanged',arg0='${destination}'`;
      for (const rule of [isAbout, changesHands]) await call(busItself, "AddMatch", "s", [rule]);
      await call(busItself, "StartServiceByName", "su", [destination, 0]);
      const [current] = await call(busItself, "GetNameOwner", "s", [destination]);
      owner = current;
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
