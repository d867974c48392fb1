import { expect, test } from "vitest";
import { type CallDelta, createCallAssembler } from "./tool-calls.ts";

function assemble(...deltas: CallDelta[]) {
  const assembler = createCallAssembler();
  for (const delta of deltas) assembler.add(delta);
  return assembler.finish();
}

const seen = (calls: ReturnType<typeof assemble>) => calls.map((call) => [call.name, call.arguments]);

test("joins the pieces of interleaved calls by index", () => {
  const calls = assemble(
    { index: 0, id: "a", function: { name: "x", arguments: "" } },
    { index: 1, id: "b", function: { name: "y", arguments: '{"n"' } },
    { index: 0, function: { arguments: "{}" } },
    { index: 1, function: { arguments: ":1}" } },
  );
  expect(calls).toEqual([
    { type: "tool_call", id: "a", name: "x", arguments: "{}" },
    { type: "tool_call", id: "b", name: "y", arguments: '{"n":1}' },
  ]);
});

test("keeps calls apart that all claim index 0 and differ in id", () => {
  const calls = assemble(
    { index: 0, id: "a", function: { name: "x", arguments: '{"n":1}' } },
    { index: 0, id: "b", function: { name: "x", arguments: '{"n":2}' } },
  );
  expect(seen(calls)).toEqual([
    ["x", '{"n":1}'],
    ["x", '{"n":2}'],
  ]);
});

test("keeps whole calls apart without ids and index, and gives them ids of their own", () => {
  const calls = assemble(
    { function: { name: "x", arguments: { n: 1 } } },
    { function: { name: "x", arguments: { n: 2 } } },
    { id: "", function: { name: "y", arguments: "" } },
  );
  expect(seen(calls)).toEqual([
    ["x", '{"n":1}'],
    ["x", '{"n":2}'],
    ["y", ""],
  ]);
  expect(new Set(calls.map((call) => call.id)).size).toBe(3);
  expect(calls.every((call) => /^call_[0-9a-f]{32}$/.test(call.id))).toBe(true);
});

test("takes a name that is repeated with every piece for the same call", () => {
  const calls = assemble(
    { index: 0, id: "a", function: { name: "x", arguments: '{"n"' } },
    { index: 0, id: "a", function: { name: "x", arguments: ":1}" } },
  );
  expect(seen(calls)).toEqual([["x", '{"n":1}']]);
});

test("never hands out one id twice", () => {
  const calls = assemble(
    { index: 0, id: "a", function: { name: "x", arguments: "{}" } },
    { index: 1, id: "a", function: { name: "y", arguments: "{}" } },
  );
  expect(calls[0]?.id).toBe("a");
  expect(calls[1]?.id).not.toBe("a");
});

test("two whole calls of one tool stay apart where the server repeats the name and tells no ids", () => {
  const calls = assemble(
    { function: { name: "x", arguments: '{"a":"}' } },
    { function: { name: "x", arguments: '{"}' } },
    { function: { name: "x", arguments: '{"b":1}' } },
    { function: { name: "x", arguments: "null" } },
    { function: { name: "x", arguments: "{}" } },
  );
  expect(seen(calls)).toEqual([
    ["x", '{"a":"}{"}'],
    ["x", '{"b":1}'],
    ["x", "null"],
    ["x", "{}"],
  ]);
});

test("pieces of arguments take time in proportion to their length, even when each repeats the name", () => {
  const assembler = createCallAssembler();
  const used = process.cpuUsage();
  assembler.add({ function: { name: "x", arguments: '{"a":"' } });
  for (let at = 0; at < 200_000; at += 1) assembler.add({ function: { name: "x", arguments: "xxxxxxxx" } });
  assembler.add({ function: { name: "x", arguments: '"}' } });
  expect(assembler.finish()).toMatchObject([{ name: "x" }]);
  // Parsing all of them again with each piece would be 160 GB.
  expect(process.cpuUsage(used).user / 1e6).toBeLessThan(5);
});

test("an answer that calls more tools than a person could answer is refused while it comes", () => {
  const assembler = createCallAssembler();
  const add = (index: number) => assembler.add({ index, id: `c${index}`, function: { name: "x" } });
  for (let index = 0; index < 128; index += 1) add(index);
  expect(() => add(128)).toThrow("it has more than 128 tool calls");
});
