import { expect, test } from "vitest";
import { sampleGrant } from "../../../testing/samples.ts";
import { grantRows } from "./grant-rows.ts";

const given = (index: number, clientId: string, createdAt: number, expiresAt: number | null = null) =>
  sampleGrant(index, { clientId, createdAt, expiresAt, sentence: `${clientId} may do ${index}` });

const told = (...args: Parameters<typeof grantRows>) =>
  grantRows(...args).map((row) =>
    row.kind === "heading" ? `${row.clientId}: ${row.grants.length}` : row.grant.sentence,
  );

const grants = [given(1, "a", 10), given(2, "b", 20), given(3, "a", 30), given(4, "b", 5, 100)];

test("stand under their agent, the newest first", () => {
  expect(told(grants, "", 50)).toEqual([
    "a: 2",
    "a may do 3",
    "a may do 1",
    "b: 2",
    "b may do 2",
    "b may do 4",
  ]);
});

test("what has ended is gone, and a heading counts what stands below it", () => {
  expect(told(grants, "", 100)).toEqual(["a: 2", "a may do 3", "a may do 1", "b: 1", "b may do 2"]);
  expect(told(grants, " DO 1", 50)).toEqual(["a: 1", "a may do 1"]);
  expect(told(grants, "nothing", 50)).toEqual([]);
});
