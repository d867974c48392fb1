import { expect, test } from "vitest";
import { ALL_SCOPES } from "../../contract/principal.ts";
import type { AccessKey, KeyId } from "./contract.ts";
import { createIdentify } from "./identify.ts";

const HOST = "127.0.0.1:1";
const phone: AccessKey = {
  id: "key_0000000000000001" as KeyId,
  name: "phone",
  scopes: ["ask", "follow"],
  createdAt: 0,
  expiresAt: null,
  lastUsedAt: null,
};

const identifyWith = (isOwnerThePerson: boolean) =>
  createIdentify(
    {
      ownerKey: "owner-key",
      isOwnerThePerson,
      dialects: [{ id: "glue", name: "Glue", token: "glue-token", scopes: new Set(["run"]) }],
      isSession: (token, host) => token === "session" && host === HOST,
    },
    (token) => (token === "phone-key" ? phone : null),
  );

const identify = identifyWith(false);
const asked = (token: string, label = "") => identify({ token, host: HOST, label });

test("each credential is somebody of its own, with its own rights", () => {
  const owner = { kind: "owner", id: "owner", name: "", door: "api", proof: "token", scopes: ALL_SCOPES };
  expect(asked("owner-key")).toEqual({ ...owner, label: "" });
  expect(asked("session")).toEqual({
    ...owner,
    kind: "person",
    id: "person",
    door: "cli",
    proof: "handshake",
    label: "",
  });
  expect(asked("glue-token")).toMatchObject({
    kind: "client",
    id: "glue",
    name: "Glue",
    scopes: new Set(["run"]),
  });
  expect(asked("phone-key")).toMatchObject({
    kind: "key",
    id: phone.id,
    name: "phone",
    scopes: new Set(["ask", "follow"]),
  });
});

test("without a desktop the owner key is the person", () => {
  const { kind, id, door } = identifyWith(true)({ token: "owner-key", host: HOST, label: "" }) ?? {};
  expect([kind, id, door]).toEqual(["person", "person", "api"]);
});

test.each(["", "owner-keys", "owner-ke", "owner-key ", " owner-key", "Owner-Key", "x"])(
  "%j proves nothing",
  (token) => expect(asked(token)).toBeNull(),
);

test("a session is nobody's at another address", () => {
  expect(identify({ token: "session", host: "localhost:1", label: "" })).toBeNull();
});

test.each(["owner-key", "session", "glue-token", "phone-key"])(
  "what the holder of %s calls itself changes nothing but the label",
  (token) => {
    const plain = asked(token);
    for (const label of ["cli", "person", "popup", "owner"]) {
      expect(asked(token, label)).toEqual({ ...plain, label });
    }
    expect(asked("none", "cli")).toBeNull();
  },
);
