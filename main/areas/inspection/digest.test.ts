import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { canonicalJson, requestDigest } from "./digest.ts";

it("does not depend on the order of keys, but on everything else", () => {
  const subject = { action: "x", target: "y", remember: "narrow" } as const;
  const call = { tool: "t", arguments: { b: [1, { d: null, c: "x" }], a: true }, workDir: "/w", subject };
  const same = { workDir: "/w", subject, arguments: { a: true, b: [1, { c: "x", d: null }] }, tool: "t" };
  expect(requestDigest(call)).toBe(requestDigest(same));
  const json =
    '{"arguments":{"a":true,"b":[1,{"c":"x","d":null}]},"subject":{"action":"x","remember":"narrow","target":"y"},"tool":"t","workDir":"/w"}';
  expect(requestDigest(call)).toBe(createHash("sha256").update(json).digest("hex"));
  const others = [
    { ...call, tool: "u" },
    { ...call, workDir: "/v" },
    { ...call, subject: { ...subject, state: "z" } },
    { ...call, subject: { ...subject, remember: "wide" } as const },
    { ...call, arguments: { ...call.arguments, a: false } },
    { ...call, arguments: { b: [{ d: null, c: "x" }, 1], a: true } },
    { ...call, arguments: [call.arguments] },
  ];
  expect(new Set([call, ...others].map(requestDigest)).size).toBe(others.length + 1);
});

it("is not fooled by odd keys, and works at any depth", () => {
  expect(canonicalJson(JSON.parse('{"__proto__":1,"constructor":2,"":3}'))).toBe(
    '{"":3,"__proto__":1,"constructor":2}',
  );
  expect(canonicalJson([])).toBe("[]");
  expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
  expect(canonicalJson(deep)).toHaveLength(100_000);
});
