import { expect, test } from "vitest";
import { asRecorded, filledIn, parseExchanges, type Seen } from "./exchanges.ts";

const id = (digit: string) => `run_${digit.repeat(32)}`;

test("a file is read as requests and answers, bodies to the byte", () => {
  const text = `Any words before.

### A start
POST /runs
x-key: a: b

{"text":"x"}
---
201 application/json; charset=utf-8

{"id":"{{run}}"}

### A stream
GET /runs/{{run}}
---
200 text/event-stream

data: 1


`;
  expect(parseExchanges(text)).toEqual([
    {
      title: "A start",
      request: { method: "POST", path: "/runs", headers: { "x-key": "a: b" }, body: '{"text":"x"}' },
      answer: { status: 201, contentType: "application/json; charset=utf-8", body: '{"id":"{{run}}"}\n' },
    },
    {
      title: "A stream",
      request: { method: "GET", path: "/runs/{{run}}", headers: {}, body: "" },
      answer: { status: 200, contentType: "text/event-stream", body: "data: 1\n\n" },
    },
  ]);
});

test("a name is the same thing everywhere, and only what it says it is", () => {
  const seen: Seen = new Map();
  expect(asRecorded(`a ${id("1")}.`, "a {{run}}.", seen)).toBe("a {{run}}.");
  expect(filledIn("/runs/{{run}}/{{run2}}", seen)).toBe(`/runs/${id("1")}/{{run2}}`);
  expect(asRecorded(`${id("1")} ${id("2")}`, "{{run}} {{run2}}", seen)).toBe("{{run}} {{run2}}");
  expect(asRecorded(id("3"), "{{run}}", seen)).toBe(id("3"));
  expect(asRecorded("run_1", "{{run3}}", seen)).toBe("run_1");
  expect(asRecorded(`b ${id("1")}.`, "a {{run}}.", seen)).toBe(`b ${id("1")}.`);
});

test("times and ids of events change from one to the next", () => {
  const [first, second] = ["2026-06-10T12:00:00.005Z", "2026-06-10T12:00:01Z"];
  expect(asRecorded(`${first} ${second}`, "{{time}} {{time}}", new Map())).toBe("{{time}} {{time}}");
  expect(asRecorded("yesterday", "{{time}}", new Map())).toBe("yesterday");
});
