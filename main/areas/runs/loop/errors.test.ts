import { describe, expect, it } from "vitest";
import { classifyFailure, type ModelFailure } from "./errors.ts";

const byText: [string, ModelFailure][] = [
  ["Prompt is too long: 210000 tokens > 200000 maximum", "overflow"],
  ["This model's maximum context length is 8192 tokens", "overflow"],
  ["The input token count (9000) exceeds the maximum number of tokens allowed (8192)", "overflow"],
  ["Please reduce the length of the messages", "overflow"],
  ["invalid_request_error: context_length_exceeded", "overflow"],
  ["Incorrect API key provided", "fatal"],
  ["401 Unauthorized", "fatal"],
  ["Your billing account is closed, please try again later", "fatal"],
  ["Quota exceeded for free tier, please check your plan", "fatal"],
  ["429 You exceeded your current quota, please check your plan and billing details", "fatal"],
  ["The model `gpt-9` was not found", "fatal"],
  ["HTTP 404", "fatal"],
  ["429 Too Many Requests", "transient"],
  ["RESOURCE_EXHAUSTED", "transient"],
  ["Overloaded", "transient"],
  ["502 Bad Gateway", "transient"],
  ["fetch failed", "transient"],
  ["read ECONNRESET", "transient"],
  ["stream closed before done", "transient"],
  ["Request timed out.", "transient"],
  ["Premature close", "transient"],
  ["took 15000 steps", "fatal"],
  ["something nobody has seen before", "fatal"],
  ["", "fatal"],
];

const byStatus: [number, string, ModelFailure][] = [
  [400, "prompt is too long", "overflow"],
  [413, "Request Entity Too Large", "overflow"],
  [500, "context window exceeded", "overflow"],
  [400, "please try again", "fatal"],
  [401, "temporarily confused", "fatal"],
  [404, "no such thing", "fatal"],
  [408, "", "transient"],
  [429, "", "transient"],
  [429, "Too many tokens, please wait before trying again.", "transient"],
  [429, "rate limit for api key k", "transient"],
  [429, "insufficient_quota", "fatal"],
  [500, "permission denied by upstream", "transient"],
  [529, "", "transient"],
  [200, "overloaded", "transient"],
];

describe("classifyFailure", () => {
  it.each(byText)("reads %j as %s", (text, expected) => {
    expect(classifyFailure(text, null)).toBe(expected);
  });

  it.each(byStatus)("reads status %i with %j as %s", (status, text, expected) => {
    expect(classifyFailure(text, status)).toBe(expected);
  });

  it("reads only the beginning of a huge error page", () => {
    expect(classifyFailure(`${"exceeds ".repeat(2_000_000)}token`, null)).toBe("fatal");
  });
});
