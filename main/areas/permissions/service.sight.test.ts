import { expect, test } from "vitest";
import { createCore } from "../../testing/core.ts";
import { allow, ask, AT_POPUP, deny, ledger } from "./testing/ask.ts";

const unshown = { unshown: "This is too long to be shown whole." };

test("what can't be seen whole can't be allowed, by anybody and in no way, and can be denied", async () => {
  const core = createCore();
  const { permissions } = core;
  const question = await ask(core, { presentation: unshown });
  const { id } = question;
  expect(question.asked).toMatchObject([{ sight: "none", choices: [] }]);
  for (const scope of ["once", "session_target", "forever"] as const)
    expect(() => permissions.decide(id, allow(scope), AT_POPUP)).toThrow("Not all of this can be shown");
  const { digest } = permissions.get(id);
  const many = permissions.decideMany({ decision: "allow", requests: [{ id, digest }] }, AT_POPUP);
  expect(many).toMatchObject({ settled: [], failed: [id] });
  expect(permissions.get(id)).toMatchObject({ status: "pending", sight: "none" });
  permissions.decide(id, deny(), AT_POPUP);
  expect((await question.answer).outcome).toBe("denied");
});

test("how much can be seen where is known of every request", async () => {
  const core = createCore();
  const said = await ask(core, { presentation: { actIsAll: true } });
  const card = await ask(core, { value: "y" });
  expect([...said.asked, ...card.asked].map(({ sight }) => sight)).toEqual(["act", "card"]);
});

test("what can't run is refused on record, before any rule or grant, and without asking", async () => {
  const core = createCore({ rules: { defaultTier: "trusted" } });
  const refusal = { forModel: "set overwrite=true", forPerson: "The file exists already." };
  const question = await ask(core, { refusal });
  expect(await question.answer).toMatchObject({
    outcome: "denied",
    reason: refusal.forModel,
    permission: null,
  });
  expect(question.asked).toEqual([]);
  expect(await ledger(core)).toMatchObject([
    { outcome: "denied", reason: refusal.forPerson, decidedBy: { kind: "system", name: "cannot run" } },
  ]);
});
