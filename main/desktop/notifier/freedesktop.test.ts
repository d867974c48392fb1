import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Message, MessageType, sessionBus, type Variant } from "@jellybrick/dbus-next";
import type { Notice } from "../../areas/notifications/notice.ts";
import { questionNotice } from "../../areas/notifications/question-notice.ts";
import { waitingQuestionSample } from "../../areas/questions/testing/waiting-question.ts";
import { createLog } from "../../kernel/log.ts";
import type { NoticeBackend } from "./backend.ts";
import { createFreedesktopBackend, notificationService } from "./freedesktop.ts";

const { destination: name, interface: interfaceName, path } = notificationService;
const words = waitingQuestionSample({ choices: [], text: "What is it called?" });

let daemon: ChildProcess;
let address = "";
let stop: (() => unknown)[] = [];

beforeEach(async () => {
  daemon = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(daemon.stdout ?? daemon, "data")) as [Buffer];
  address = line.toString().trim();
});
afterEach(async () => {
  // The last that came goes first: a backend takes down what it shows while there is a server.
  for (const end of stop.toReversed()) await end();
  stop = [];
  const ended = once(daemon, "exit");
  daemon.kill();
  await ended;
});

async function connected() {
  const bus = sessionBus({ busAddress: address });
  await once(bus as never, "connect");
  stop.push(() => bus.disconnect());
  return bus;
}

/** A notification server with these abilities, as desktops have one. */
async function startServer(capabilities: readonly string[]) {
  const bus = await connected();
  const shown: { actions: string[]; hints: Record<string, Variant> }[] = [];
  bus.addMethodHandler((call: Message) => {
    if (call.interface !== interfaceName) return false;
    if (call.member === "GetCapabilities") bus.send(Message.newMethodReturn(call, "as", [[...capabilities]]));
    else if (call.member === "Notify") {
      shown.push({ actions: call.body[5] as string[], hints: call.body[6] as Record<string, Variant> });
      bus.send(Message.newMethodReturn(call, "u", [shown.length]));
    } else bus.send(Message.newMethodReturn(call, "", []));
    return true;
  });
  await bus.requestName(name, 0);
  return {
    shown,
    reply: (id: number, text: string) => replyFrom(bus, id, text),
    press: (id: number, key: string) => signalFrom(bus, "ActionInvoked", id, key),
  };
}

type Bus = Awaited<ReturnType<typeof connected>>;
const replyFrom = (bus: Bus, id: number, text: string) => signalFrom(bus, "NotificationReplied", id, text);
const signalFrom = (bus: Bus, member: string, id: number, text: string) =>
  bus.send(
    new Message({
      type: MessageType.SIGNAL,
      path,
      interface: interfaceName,
      member,
      signature: "us",
      body: [id, text],
    }),
  );

function createBackend() {
  const happened: unknown[] = [];
  const onAction = (notice: Notice, action: string, text?: string) =>
    void happened.push([notice.key, action, text]);
  const backend: NoticeBackend = createFreedesktopBackend({
    address,
    icon: null,
    onAction,
    log: createLog({ write: () => {} }),
  });
  stop.push(() => backend.stop());
  return { backend, happened };
}

const notice = questionNotice(words, { privacy: false, sound: false });

describe("a question in words", () => {
  test("is answered in the field of a server that has one", async () => {
    const server = await startServer(["actions", "inline-reply"]);
    const { backend, happened } = createBackend();
    backend.show(notice, null);
    await vi.waitFor(() => expect(server.shown).toHaveLength(1));
    expect(server.shown[0]?.actions).toEqual([
      "default",
      "Show",
      "inline-reply",
      "Answer",
      "show",
      "Answer…",
      "decline",
      "Decline",
    ]);
    expect(server.shown[0]?.hints["x-kde-reply-placeholder-text"]?.value).toBe("Your answer");
    // Until the backend knows the number of what it shows, a reply would be about nothing.
    await vi.waitFor(() => {
      server.reply(1, "gate-kit");
      expect(happened.length).toBeGreaterThan(0);
    });
    expect(happened[0]).toEqual([notice.key, "reply", "gate-kit"]);
  });

  test("has no field where the server has none", async () => {
    const server = await startServer(["actions"]);
    const { backend } = createBackend();
    backend.show(notice, null);
    await vi.waitFor(() => expect(server.shown).toHaveLength(1));
    expect(server.shown[0]?.actions).not.toContain("inline-reply");
  });

  test("is not answered by a program that only pretends to be the server", async () => {
    const server = await startServer(["actions", "inline-reply"]);
    const { backend, happened } = createBackend();
    backend.show(notice, null);
    await vi.waitFor(() => expect(server.shown).toHaveLength(1));
    replyFrom(await connected(), 1, "rm -rf");
    await vi.waitFor(() => {
      server.reply(1, "the person");
      expect(happened.length).toBeGreaterThan(0);
    });
    expect(happened).not.toContainEqual([notice.key, "reply", "rm -rf"]);
  });
});

test("a press on what has just come up, or slid under the pointer, shows it; one on what stands answers", async () => {
  const server = await startServer(["actions"]);
  const { backend, happened } = createBackend();
  const choices = waitingQuestionSample({
    choices: [
      { value: "main", label: "main", description: null },
      { value: "next", label: "next", description: null },
    ],
  });
  backend.show(questionNotice(choices, { privacy: false, sound: false }), null);
  const pressUntilHeard = async () => {
    const heard = happened.length;
    await vi.waitFor(() => {
      server.press(1, "choice:0");
      expect(happened.length).toBeGreaterThan(heard);
    });
    return (happened.at(-1) as unknown[])[1];
  };
  expect(await pressUntilHeard()).toBe("show");
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(await pressUntilHeard()).toBe("choice:0");
});
