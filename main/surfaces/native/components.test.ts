import { expect, test } from "vitest";
import * as z from "zod";
import { areas } from "../../areas/index.ts";
import { defineArea, type Area } from "../../contract/define.ts";
import { createComponents } from "./components.ts";
import { buildOpenApi } from "./openapi.ts";

const Lamp = z.object({ name: z.string() });
const Room = z.object({ lamps: z.array(Lamp), best: Lamp.nullable() });
const house = (nouns: Record<string, z.ZodType>): Area =>
  defineArea({ name: "house", nouns, endpoints: {}, events: {}, errors: {} });
const LAMP = { $ref: "#/components/schemas/Lamp" };

test("a noun is described once and referred to everywhere, also from other nouns", () => {
  const components = createComponents([house({ Lamp, Room })]);
  expect(components.schemaOf(Lamp, "output")).toEqual(LAMP);
  expect(components.schemaOf(z.object({ room: Room }), "output")).toMatchObject({
    type: "object",
    properties: { room: { $ref: "#/components/schemas/Room" } },
  });
  expect(components.schemas["Room"]).toMatchObject({
    properties: { lamps: { type: "array", items: LAMP }, best: { anyOf: [LAMP, { type: "null" }] } },
  });
  expect(Object.keys(components.schemas).toSorted()).toEqual(["Lamp", "Room"]);
});

test("one name means one thing", () => {
  expect(() => createComponents([house({ Lamp }), house({ Lamp: z.string() })])).toThrow(/two nouns/);
  const Dimmed = z.object({ to: z.int().default(5) });
  const components = createComponents([house({ Dimmed })]);
  components.schemaOf(Dimmed, "output");
  expect(() => components.schemaOf(Dimmed, "input")).toThrow(/needs two nouns/);
});

test("the document names every noun, refers to none that is missing, and says which scope a call needs", () => {
  const document = buildOpenApi(areas, "1.2.3");
  const { schemas } = document["components"] as { schemas: Record<string, object> };
  const nouns = Object.values<Area>(areas).flatMap((area) => Object.keys(area.nouns ?? {}));
  expect(Object.keys(schemas).toSorted()).toEqual(nouns.toSorted());
  const text = JSON.stringify(document);
  expect(text).not.toContain("#/$defs/");
  for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(schemas).toHaveProperty(name);
  }
  expect(document["paths"]).toMatchObject({
    "/runs": {
      post: {
        security: [{ bearer: ["run"] }],
        description: "Needs the scope `run`.",
        requestBody: { content: { "application/json": { schema: { required: ["sessionId", "text"] } } } },
        responses: {
          201: { content: { "application/json": { schema: { $ref: "#/components/schemas/Run" } } } },
        },
      },
    },
  });
});
