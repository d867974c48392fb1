import { afterEach, expect, it, vi } from "vitest";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { fakeBridge } from "../../testing/fake-bridge.ts";
import { messageLog, pagesFor } from "./message-pages.ts";

it.each<[number, number, number, number[]]>([
  [0, 10, 250, [0]],
  [95, 105, 250, [0, 100]],
  [240, 260, 250, [200]],
  [-5, 3, 250, [0]],
  [0, 0, 0, []],
])("places %i to %i of %i", (first, last, total, pages) => {
  expect(pagesFor(first, last, total)).toEqual(pages);
});

const id = "desk" as Session["id"];
let stop: () => void = () => undefined;
afterEach(() => stop());

it("reads the end first, other pages when they come in sight, and a page that has grown once more", async () => {
  let total = 250;
  const bridge = fakeBridge("window", {
    "sessions.getSession": () => ({ id, messageCount: total }),
    "sessions.listMessages": ({ from, limit }: { from: number; limit: number }) => ({
      total,
      next: from + limit < total ? from + limit : null,
      messages: Array.from({ length: Math.min(limit, total - from) }, (_, i) => ({ index: from + i })),
    }),
  });
  Object.assign(globalThis, { window: { gatehouse: bridge } });
  const pages = () =>
    bridge.calls
      .filter(({ name }) => name === "sessions.listMessages")
      .map(({ input }) => (input as { from: number }).from);

  const log = messageLog(id);
  stop = log.stop;
  log.follow();
  await vi.waitFor(() => expect(log.getState().status).toBe("ready"));
  expect(pages()).toEqual([200]);

  log.show(90, 110);
  log.show(90, 110);
  await vi.waitFor(() => expect(log.getState().data.byIndex.has(95)).toBe(true));
  expect(pages()).toEqual([200, 0, 100]);

  total = 253;
  bridge.emit("sessions.changed", { id, messageCount: total });
  expect(log.getState().data.total).toBe(253);
  log.show(245, 252);
  await vi.waitFor(() => expect(log.getState().data.byIndex.has(252)).toBe(true));
  log.show(190, 252);
  expect(pages()).toEqual([200, 0, 100, 200]);
});

it("reads on where less than a page comes at once", async () => {
  const total = 130;
  const bridge = fakeBridge("window", {
    "sessions.getSession": () => ({ id, messageCount: total }),
    "sessions.listMessages": ({ from, limit }: { from: number; limit: number }) => {
      const end = Math.min(from + Math.min(limit, 12), total);
      const messages = Array.from({ length: end - from }, (_, i) => ({ index: from + i }));
      return { total, messages, next: end < total ? end : null };
    },
  });
  Object.assign(globalThis, { window: { gatehouse: bridge } });
  const log = messageLog(id);
  stop = log.stop;
  log.follow();
  await vi.waitFor(() => expect(log.getState().status).toBe("ready"));
  log.show(0, 10);
  await vi.waitFor(() => expect(log.getState().data.byIndex.size).toBe(total));
});
