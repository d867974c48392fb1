import { describe, expect, test } from "vitest";
import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import { allowedCalls, createCalls } from "./calls.ts";

const gate = defineArea({
  name: "gate",
  endpoints: {
    open: {
      method: "POST",
      path: "/open",
      summary: "Opens.",
      scope: "run",
      pages: ["window"],
      input: z.strictObject({ times: z.int().min(1).default(1) }),
      output: z.object({ opened: z.int(), by: z.string() }),
    },
    peek: {
      method: "GET",
      path: "/peek",
      summary: "Looks.",
      scope: "read",
      pages: ["window", "popup"],
      input: z.object({}),
      output: z.object({}),
    },
    secret: {
      method: "GET",
      path: "/secret",
      summary: "For HTTP alone.",
      scope: "read",
      input: z.object({}),
      output: z.object({}),
    },
  },
  streams: {
    flow: {
      path: "/flow",
      summary: "Tells.",
      scope: "follow",
      pages: ["popup"],
      position: "after",
      input: z.object({}),
      frame: z.object({}),
    },
  },
  events: {},
  errors: { shut: 409 },
});

const logged: string[] = [];
const log = {
  info: () => {},
  warn: () => {},
  error: (_: object, message: string) => void logged.push(message),
};

function callsWith(handlers: Record<string, (...input: never[]) => unknown>) {
  const routes = { gate: { peek: () => ({}), secret: () => ({}), ...handlers } };
  return createCalls({ areas: [gate], routes, seq: () => 7, log });
}

describe("calls of pages", () => {
  test("go through the routes with parsed input, as that page", async () => {
    const call = callsWith({
      open: ({ times }: { times: number }, { door }: { door: string }) => ({
        opened: times,
        by: door,
        more: 1,
      }),
    });
    expect(await call("window", "gate", "open", {})).toEqual({
      ok: true,
      value: { opened: 1, by: "window" },
      seq: 7,
    });
  });

  test.each([
    ["a call of another page", "popup", "gate", "open"],
    ["a call of no page", "window", "gate", "secret"],
    ["an unknown call", "window", "gate", "close"],
    ["a stream", "popup", "gate", "flow"],
    ["an unknown area", "window", "wall", "open"],
    ["what every object has", "window", "gate", "constructor"],
    ["what every object is made from", "window", "__proto__", "toString"],
    ["no names at all", "window", undefined, { open: 1 }],
  ] as const)("%s does not exist", async (_, page, area, endpoint) => {
    expect(await callsWith({})(page, area, endpoint, {})).toMatchObject({
      ok: false,
      error: { code: "request.unknown_call" },
    });
  });

  test.each([{ times: 0 }, { times: "1" }, { times: 1, more: 2 }, "text", [1]])(
    "bad input %j is refused",
    async (input) => {
      let opened = 0;
      const call = callsWith({ open: () => ({ opened: (opened += 1), by: "" }) });
      expect(await call("window", "gate", "open", input)).toMatchObject({
        ok: false,
        error: { code: "request.invalid" },
      });
      expect(opened).toBe(0);
    },
  );

  test("a refusal keeps its code, a bug stays vague and is logged", async () => {
    const refused = callsWith({
      open: () => Promise.reject(fail(gate, "shut", "It is shut.", { data: { until: 3 } })),
    });
    expect(await refused("window", "gate", "open", {})).toEqual({
      ok: false,
      error: { code: "gate.shut", message: "It is shut.", data: { until: 3 } },
    });
    expect(logged).toEqual([]);
    const broken = callsWith({
      open: () => {
        throw new TypeError("secret detail");
      },
    });
    const answer = await broken("window", "gate", "open", {});
    expect(answer).toMatchObject({ ok: false, error: { code: "internal" } });
    expect(JSON.stringify(answer)).not.toContain("secret detail");
    expect(logged).toEqual(["a page's call failed"]);
  });

  test("what no page of ours would send is refused before it is looked at", async () => {
    const call = callsWith({
      open: () => {
        throw new Error("came through");
      },
    });
    const deep = JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as unknown;
    for (const input of [{ deep }, { list: Array.from({ length: 1_000_000 }, () => ({})) }]) {
      expect(await call("window", "gate", "open", input)).toMatchObject({
        ok: false,
        error: { code: "request.too_large", message: expect.stringContaining("has more than") as string },
      });
    }
  });

  test("an answer that breaks the contract does not reach the page", async () => {
    const call = callsWith({ open: () => ({ opened: "many", by: "window" }) });
    expect(await call("window", "gate", "open", {})).toMatchObject({
      ok: false,
      error: { code: "internal" },
    });
  });
});

test("each page is told its own calls", () => {
  expect(allowedCalls([gate], "window")).toEqual(["gate.open", "gate.peek"]);
  expect(allowedCalls([gate], "popup")).toEqual(["gate.peek", "gate.flow"]);
});
