import { describe, expect, test } from "vitest";
import { redact, secretLooks } from "./redact.ts";

test.each([
  [
    "401 Incorrect API key provided: sk-proj-abcDEF1234567890xyz.",
    "401 Incorrect API key provided: [hidden].",
  ],
  ["key sk-ant-api03-AbCd_efgh-1234567890 refused", "key [hidden] refused"],
  ["Authorization: Bearer abc.def-123456", "Authorization: Bearer [hidden]"],
  ["sent header bearer 0123456789abcdef", "sent header bearer [hidden]"],
  ['{"api_key":"zzzzzzzz","model":"x"}', '{"api_key":"[hidden]","model":"x"}'],
  ["OPENAI_API_KEY=verysecretvalue npm test", "OPENAI_API_KEY=[hidden] npm test"],
  ["x-api-key: 12345678abc", "x-api-key: [hidden]"],
  [
    "GET https://generativelanguage.googleapis.com/v1?key=AIzaSyA1234567890abcdefghijk&alt=sse failed",
    "GET https://generativelanguage.googleapis.com/v1?key=[hidden]&alt=sse failed",
  ],
  ["fetch https://me:hunter22@example.org/x failed", "fetch https://me:[hidden]@example.org/x failed"],
  ["AKIAIOSFODNN7EXAMPLE denied", "[hidden] denied"],
  ["token ghp_0123456789abcdefghijABCDEFGHIJ012345 expired", "token [hidden] expired"],
  ["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl bad", "jwt [hidden] bad"],
  [`daemon ${"0a".repeat(32)} said no`, "daemon [hidden] said no"],
  ["xoxb-1234567890-abcdefghij", "[hidden]"],
  ["password: correct-horse", "password: [hidden]"],
])("%s", (text, redacted) => {
  expect(redact(text)).toBe(redacted);
  expect(redact(redacted)).toBe(redacted);
});

test.each([
  "connect ECONNREFUSED 127.0.0.1:11434",
  "The model qwen3-coder:30b does not exist",
  "max_tokens: 4096 is above the limit",
  "Unexpected token < in JSON at position 0",
  "run_0123456789abcdef0123456789abcdef failed",
  "no such file: /home/me/task-list/skeleton.ts",
  "monkey=banana",
])("leaves %j alone", (text) => expect(redact(text)).toBe(text));

test("known secrets go wherever they stand", () => {
  expect(redact("it was Tr0ub4dor in Tr0ub4dor", ["Tr0ub4dor"])).toBe("it was [hidden] in [hidden]");
  expect(redact("abc", [""])).toBe("abc");
});

test("hostile lengths are answered at once", () => {
  const started = performance.now();
  for (const part of ["a", "sk-", "key=", "bearer ", "https://a:", "eyJaaaaaaaa.", "api_key_", " ", "'\""]) {
    redact(part.repeat(Math.ceil(200_000 / part.length)));
  }
  expect(performance.now() - started).toBeLessThan(3000);
});

test("a private key goes whole", () => {
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${"b3BlbnNzaC1rZXk=\n".repeat(9)}-----END OPENSSH PRIVATE KEY-----`;
  expect(redact(`it is ${key}`)).toBe("it is [hidden]-----END OPENSSH PRIVATE KEY-----");
});

describe("what looks like a secret", () => {
  test.each([
    ["The wifi password is hunter22.", ["a password"]],
    ["PIN: 4711", ["a password"]],
    ["use the api key 'sk-abcdefgh12345678'", ["an API key"]],
    ["deploy with AKIAIOSFODNN7EXAMPLE", ["an AWS key"]],
    ["postgres://me:hunter22@db.example.org/app", ["a password in an address"]],
    ["API_TOKEN=zzzzzzzzz", ["a key or a password"]],
    ["The passphrase is swordfish.", ["a password"]],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE", ["a private key"]],
    ["it is aZ8kQ2mP9xL4vB7nW1cR5tY6uI3o", ["a long random word"]],
  ])("%j is named and not told", (text, names) => expect(secretLooks(text)).toEqual(names));

  test.each([
    "The password is kept in the vault.",
    "Tokens expire after an hour; the key is the branch name.",
    "createHttp2ServerWithManyOptions builds it",
    "commit 0123456789abcdef0123456789abcdef01234567",
    "see src/areas/memories/settings/contract.ts",
    "550e8400-e29b-41d4-a716-446655440000",
  ])("%j is none", (text) => expect(secretLooks(text)).toEqual([]));

  test("hostile lengths are looked through at once", () => {
    const started = performance.now();
    for (const part of [
      "a",
      "aA1",
      "key=",
      "password is ",
      "-----BEGIN PRIVATE KEY-----",
      "eyJaaaaaaaa.",
      "\n",
    ]) {
      secretLooks(part.repeat(Math.ceil(200_000 / part.length)));
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
