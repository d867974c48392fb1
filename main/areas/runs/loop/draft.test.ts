import { expect, it } from "vitest";
import type { ModelEvent } from "../model.ts";
import { createDraft, receive } from "./draft.ts";

it("hears nothing of a stream that goes on after cancellation", async () => {
  const controller = new AbortController();
  async function* deafStream(): AsyncGenerator<ModelEvent> {
    yield { type: "text", delta: "before" };
    await Promise.resolve();
    controller.abort();
    yield { type: "text", delta: "after" };
  }
  const draft = createDraft();
  const heard: string[] = [];
  const listener = { started() {}, text: (delta: string) => heard.push(delta) };
  await receive(deafStream(), draft, listener, controller.signal);
  expect(heard).toEqual(["before"]);
  expect(draft).toMatchObject({ parts: [{ type: "text", text: "before" }], end: null });
});
