import { describe, expect, it } from "vitest";
import { appendMarkdown } from "./markdown-chunks.ts";

const cases: readonly { name: string; text: string; pieces: readonly string[] }[] = [
  { name: "paragraphs", text: "one\n\ntwo\n\nthree", pieces: ["one\n\n", "two\n\n", "three"] },
  {
    name: "a loose list stays whole",
    text: "- a\n\n- b\n\n1. c\n\n10) d\n\nend",
    pieces: ["- a\n\n- b\n\n1. c\n\n10) d\n\n", "end"],
  },
  { name: "an indented continuation", text: "- a\n\n  more\n\nend", pieces: ["- a\n\n  more\n\n", "end"] },
  {
    name: "a fence with blank lines",
    text: "```ts\na\n\nb\n```\n\nend",
    pieces: ["```ts\na\n\nb\n```\n\n", "end"],
  },
  {
    name: "a shorter fence inside",
    text: "````\n```\n\nb\n````\n\nend",
    pieces: ["````\n```\n\nb\n````\n\n", "end"],
  },
  { name: "a fence that never closes", text: "```\na\n\nb\n\nc", pieces: ["```\na\n\nb\n\nc"] },
  { name: "blank lines first", text: "\n\n\none\n\ntwo", pieces: ["\n\n\none\n\n", "two"] },
  { name: "a number that is no list", text: "one\n\n2026 was", pieces: ["one\n\n", "2026 was"] },
];

describe("appendMarkdown", () => {
  it.each(cases)("$name", ({ text, pieces }) => {
    expect(appendMarkdown([], text)).toEqual(pieces);
  });

  it.each(cases)("$name, letter by letter", ({ text, pieces }) => {
    let chunks: readonly string[] = [];
    for (const letter of text) {
      const before = chunks;
      chunks = appendMarkdown(chunks, letter);
      // A piece that is closed never changes again.
      expect(chunks.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    }
    expect(chunks).toEqual(pieces);
  });
});
