import { expect, test } from "vitest";
import * as z from "zod";
import { defineArea } from "../contract/define.ts";
import { personAt, type AccessScope, type Principal } from "../contract/principal.ts";
import { invoke } from "./invoke.ts";

const door = defineArea({
  name: "door",
  endpoints: {
    open: {
      method: "POST",
      path: "/open",
      summary: "Opens.",
      scope: "answer",
      input: z.strictObject({ times: z.int().min(1).default(1) }),
      output: z.object({ opened: z.int() }),
    },
  },
  events: {},
  errors: {},
});
const key = (...scopes: AccessScope[]): Principal => ({
  ...personAt("window"),
  kind: "key",
  door: "api",
  proof: "token",
  scopes: new Set(scopes),
});

function open(principal: Principal, input: unknown, answer: (input: { times: number }) => unknown) {
  const call = { area: door, name: "open", endpoint: door.endpoints.open, handler: answer };
  return invoke(call, input, principal);
}

test("gives the handler what the contract makes of the input, and the caller what it declares of the output", async () => {
  const answer = await open(key("answer"), {}, ({ times }) => ({ opened: times, secret: 1 }));
  expect(answer).toEqual({ opened: 1 });
});

test("asks for the scope before it looks at the input, whatever else the caller may do", async () => {
  const others: AccessScope[] = ["ask", "follow", "run", "remember", "read", "write", "configure", "admin"];
  let calls = 0;
  const refusal = open(key(...others), { times: "x" }, () => (calls += 1));
  await expect(refusal).rejects.toMatchObject({
    code: "request.forbidden",
    status: 403,
    data: { scope: "answer" },
  });
  expect(calls).toBe(0);
});

test("refuses an input that is not of the contract, and takes an output that is not for a fault of ours", async () => {
  await expect(open(key("answer"), { times: 0 }, () => ({ opened: 0 }))).rejects.toMatchObject({
    code: "request.invalid",
  });
  await expect(open(key("answer"), {}, () => ({ opened: "x" }))).rejects.toThrow(
    "door.open does not fit its contract",
  );
});
