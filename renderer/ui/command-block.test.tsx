import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CommandBlock } from "./CommandBlock.tsx";
import { TooltipProvider } from "./Tooltip.tsx";

function drawn(text: string, hasNumbers = false) {
  const page = (
    <TooltipProvider>
      <CommandBlock text={text} hasNumbers={hasNumbers} />
    </TooltipProvider>
  );
  const html = renderToStaticMarkup(page);
  const start = html.indexOf('role="group"');
  return html.slice(start, html.indexOf("<button", start));
}

const words = (html: string) => html.slice(html.indexOf(">") + 1).replaceAll(/<[^>]*>/g, "");

test("a word that a line could be broken in is kept whole, and nothing is left out", () => {
  const line = "sh -s --  --yes a_b /srv/a";
  expect(drawn(line).match(/>(?:-s|--|--yes|\/srv\/a)<\/span>/g)).toHaveLength(4);
  expect(words(drawn(line))).toBe(line);
});

test("the end of the last line is no line of its own", () => {
  expect(words(drawn("a\nb\n", true))).toBe("1a2b\u200b");
  expect(words(drawn("a\nb\n\n", true))).toBe("1a2b3\u200b\u200b");
  expect(words(drawn("", true))).toBe("1\u200b");
});
