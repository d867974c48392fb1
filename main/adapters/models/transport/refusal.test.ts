import { expect, test } from "vitest";
import { readRefusal } from "./refusal.ts";
import { retryAfterFromHeaders, retryAfterFromText } from "./retry-after.ts";

test.each([
  [
    400,
    '{"error":{"message":"too long","type":"invalid_request_error"}}',
    "too long",
    "invalid_request_error",
  ],
  [
    529,
    '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    "Overloaded",
    "overloaded_error",
  ],
  [400, '[{"error":{"code":400,"message":"bad key","status":"X"}}]', "bad key", null],
  [404, '{"error":"model \\"x\\" not found"}', 'model "x" not found', null],
  [
    400,
    '{"object":"error","message":"maximum context length","type":"BadRequestError"}',
    "maximum context length",
    "BadRequestError",
  ],
  [404, '{"detail":"Not Found"}', "Not Found", null],
  [422, '{"detail":[{"msg":"field required"}]}', '[{"msg":"field required"}]', null],
  [404, "404 page not found\n", "404 page not found", null],
  [502, "<html><title>502</title></html>", "Bad Gateway", null],
  [429, "", "Too Many Requests", null],
  [500, "{}", "{}", null],
])("reads the refusal in %s %s", (status, body, message, type) => {
  expect(readRefusal(status, body)).toMatchObject({ message, type });
});

test.each([
  [{ "retry-after": "7" }, 7000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after": "Thu, 01 Jan 1970 00:01:00 GMT" }, 50_000],
  [{ "retry-after": "Wed, 31 Dec 1969 00:00:00 GMT" }, 0],
  [{ "retry-after-ms": "1500", "retry-after": "9" }, 1500],
  [{ "retry-after": "soon" }, null],
  [{ "retry-after": "-3" }, null],
  [{}, null],
])("reads the wait in %j", (headers, wait) => {
  expect(retryAfterFromHeaders(new Headers(headers as Record<string, string>), 10_000)).toBe(wait);
});

test.each([
  ['"retryDelay": "7s"', 7000],
  ["Rate limit reached. Please try again in 1.5s.", 1500],
  ["please retry after 250ms", 250],
  ["retry after 2 seconds", 2000],
  ["try again in 2 minutes", 120_000],
  ["do try again", null],
])("hears the wait in %s", (text, wait) => {
  expect(retryAfterFromText(text)).toBe(wait);
});
