import { parseTree } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { applyJsonEdits, type JsonEdit } from "./json-edits.ts";

const edited = (text: string, ...edits: JsonEdit[]) => applyJsonEdits(text, edits);
const put = (value: unknown, ...path: (string | number)[]): JsonEdit => ({ path, value });
const drop = (...path: (string | number)[]): JsonEdit => ({ path, value: undefined });

const written = `// mine
{
    // where I work
    "workspace": "~/code", // and nowhere else
    "coding": { "enabled": true, "allow_binaries": ["git"] }, /* tools */
    "providers": [
        {
            "alias": "a", // first
            "type": "anthropic"
        },
        // the local one
        { "alias": "b", "type": "playbook" }
    ],
    "default_provider": "a" // for now
    // the end
}
`;

describe("an edit leaves everything else as it was", () => {
  test("where a value is replaced", () => {
    expect(edited(written, put("/srv", "workspace"))).toBe(written.replace('"~/code"', '"/srv"'));
    expect(edited(written, put(["git", "npm"], "coding", "allow_binaries"))).toBe(
      written.replace('["git"]', '["git","npm"]'),
    );
    expect(edited(written, put("openai", "providers", 0, "type"))).toBe(
      written.replace('"anthropic"', '"openai"'),
    );
  });

  test("where a key is added, on a line or below the last one and its comment", () => {
    expect(edited(written, put(true, "coding", "allow_overwrite"))).toBe(
      written.replace('["git"] }', '["git"], "allow_overwrite": true }'),
    );
    expect(edited(written, put({ popup: false }, "notifications"))).toBe(
      written.replace(
        '"a" // for now\n',
        '"a", // for now\n    "notifications": {\n        "popup": false\n    }\n',
      ),
    );
    expect(edited(written, put("m", "providers", 0, "model"))).toBe(
      written.replace('"anthropic"\n', '"anthropic",\n            "model": "m"\n'),
    );
  });

  test("where an entry is added to a list", () => {
    expect(edited(written, put({ alias: "c" }, "providers", 2))).toBe(
      written.replace('"playbook" }\n', '"playbook" },\n        {\n            "alias": "c"\n        }\n'),
    );
  });

  test("where a key or an entry goes; only comments on its own inside go with it", () => {
    expect(edited(written, drop("workspace"))).toBe(
      written.replace('"workspace": "~/code", // and', "// and"),
    );
    expect(edited(written, drop("coding", "enabled"))).toBe(written.replace('"enabled": true, ', ""));
    expect(edited(written, drop("coding", "allow_binaries"))).toBe(
      written.replace(', "allow_binaries": ["git"]', ""),
    );
    expect(edited(written, drop("default_provider"))).toBe(
      written.replace("    ],\n", "    ]\n").replace('"default_provider": "a" // for', "// for"),
    );
    expect(edited(written, drop("providers", 1))).toBe(
      written
        .replace("},\n        // the local", "}\n        // the local")
        .replace(/ *\{ "alias": "b".*\n/, ""),
    );
    expect(edited(written, drop("providers", 0))).toBe(written.replace(/ *\{\n[^}]*first[^}]*\},\n/, ""));
    expect(edited(written, drop("missing"))).toBe(written);
  });

  test("where there is nothing yet", () => {
    expect(edited("{}\n", put(1, "a", "b"))).toBe('{\n  "a": {\n    "b": 1\n  }\n}\n');
    expect(edited("{ // soon\n}", put([], "a"))).toBe('{ // soon\n  "a": []\n}');
    expect(edited('{"a": 1}', drop("a"), put(2, "b"))).toBe('{\n  "b": 2\n}');
    expect(edited('{\n\t"a": {}\n}', put(1, "a", "b"))).toBe('{\n\t"a": {\n\t\t"b": 1\n\t}\n}');
    expect(edited("{}", put({ alias: "x" }, "providers", 0))).toContain('"providers": [\n    {\n');
  });

  test("line ends and all", () => {
    const text = '{\r\n  "a": 1 // one\r\n}\r\n';
    expect(edited(text, put({ b: 2 }, "c"))).toBe(
      '{\r\n  "a": 1, // one\r\n  "c": {\r\n    "b": 2\r\n  }\r\n}\r\n',
    );
    expect(edited(text, put(1, "b"), drop("b")).replace(",", "")).toBe(text);
  });
});

test("the result is well-formed for every place and layout", () => {
  const texts = [written, written.replaceAll("\n", "\r\n"), '{"a":{"b":[1,2,{"c":null}]},"d":"{,}"}'];
  const paths = [
    ["a"],
    ["a", "b"],
    ["a", "b", 1],
    ["a", "b", 2, "c"],
    ["d"],
    ["workspace"],
    ["providers", 0],
  ];
  for (const text of texts) {
    for (const path of [
      ...paths,
      ["providers", 1, "alias"],
      ["coding", "new", "deep"],
      ["default_provider"],
    ]) {
      for (const value of [undefined, null, "x", { y: [1] }, []]) {
        const errors: never[] = [];
        parseTree(edited(text, { path, value }), errors);
        expect([path, value, errors]).toEqual([path, value, []]);
      }
    }
  }
});
