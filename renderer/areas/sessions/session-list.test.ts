import { expect, it } from "vitest";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { withSession, type SessionList } from "./session-list.ts";

const session = (id: string, updatedAt: number, title = ""): Session =>
  ({ id, title, clientId: "", createdAt: 0, updatedAt, messageCount: 0 }) as Session;
const list = (sessions: readonly Session[], next: string | null = null): SessionList => ({ sessions, next });
const ids = ({ sessions }: SessionList) => sessions.map(({ id }) => id);

it("brings what was used last to the top", () => {
  const before = list([session("b", 20), session("a", 10)]);
  expect(ids(withSession("", before, session("a", 30)))).toEqual(["a", "b"]);
  expect(ids(withSession("", before, session("c", 15)))).toEqual(["b", "c", "a"]);
});

it("keeps a search to what matches", () => {
  const before = list([session("b", 20, "gates")]);
  expect(ids(withSession("gate", before, session("c", 30, "doors")))).toEqual(["b"]);
  expect(ids(withSession("GATE b", before, session("b", 30, "gates")))).toEqual(["b"]);
});

it("leaves a session of a page that was not read to that page", () => {
  expect(ids(withSession("", list([session("b", 20)], "next"), session("a", 10)))).toEqual(["b"]);
});
