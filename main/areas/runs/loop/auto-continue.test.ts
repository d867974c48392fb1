import { expect, it } from "vitest";
import { announcesAction } from "./auto-continue.ts";

it.each([
  ["I will now read the file.", true],
  ["The file is missing. I\u2019ll create it", true],
  ["Done so far.\n\nLet me check the tests:", true],
  ["Next I'll run it. Shall I?", false],
  ["I will do it. It is done.", false],
  ["Let me know if you need more.", false],
  ["Should I'll be there?", false],
  ["She will do it.", false],
  ["", false],
])("announcesAction(%j) is %s", (text, expected) => {
  expect(announcesAction(text)).toBe(expected);
});
