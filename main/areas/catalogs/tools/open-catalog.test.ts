import { expect, it } from "vitest";
import { createRecordingTool } from "../../../testing/recording-tool.ts";
import { createLookAround } from "./coding/elsewhere.ts";
import { openCatalog } from "./open-catalog.ts";

const own = createRecordingTool("read_file");
const [before, after] = [createRecordingTool("remember"), createRecordingTool("ask_person")];

it("shows what areas offer before and after its own tools, as they offer it now", () => {
  const catalog = openCatalog(
    { list: () => [own], find: (name) => (name === "read_file" ? own : undefined) },
    createLookAround(() => ({})),
  );
  let isOn = true;
  catalog.offer("last", () => [after]);
  catalog.offer("first", () => (isOn ? [before] : []));
  expect(catalog.list()).toEqual([before, own, after]);
  expect(["remember", "read_file", "ask_person", "other"].map(catalog.find)).toEqual([
    before,
    own,
    after,
    undefined,
  ]);

  isOn = false;
  expect(catalog.list()).toEqual([own, after]);
  expect(catalog.find("remember")).toBeUndefined();
});
