import type { Ask } from "../../main/areas/asks/contract.ts";
import { goTo, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

test("a hook's shell command is shown, allowed by a click and on record, without a run", async ({
  launch,
  trayHost,
}) => {
  const app = await launch({ hidden: true });
  const tray = await trayHost.item(app.pid);
  const asked = await app.api.post("/gatehouse/v1/asks", {
    proposal: { kind: "shell", text: "git push --force origin main | tee push.log" },
    door: "hook",
    folder: "/code/checkout",
    agent: "claude-code",
    callId: "toolu_1",
  });
  expect(asked).toMatchObject({ status: 200, json: { status: "pending" } });
  const { id } = asked.json as Ask;
  const poll = app.api.get(`/gatehouse/v1/asks/${id ?? ""}?waitMs=20000`);

  const popup = popupParts(await app.popup());
  await expect(popup.command).toContainText("git push --force origin main | tee push.log");
  await expect(popup.card).toContainText("claude-code");
  await expect(popup.card).toContainText("hook");
  await expect(popup.card).toContainText("/code/checkout");
  await popup.allowOnce();
  expect(await poll).toMatchObject({ status: 200, json: { id, status: "allowed" } });

  expect(await app.gate.decisions()).toMatchObject([
    {
      permissionId: id,
      door: "hook",
      runId: null,
      sessionId: null,
      callId: "toolu_1",
      workDir: "/code/checkout",
      asker: { kind: "owner" },
      outcome: "allowed",
      decidedBy: { kind: "popup" },
    },
  ]);
  expect(await app.gate.activeRuns()).toEqual([]);

  await tray.press("Open Gatehouse");
  const window = await app.window();
  await goTo(window, "History");
  await window.getByRole("option", { name: /git push/ }).click();
  await expect(window.getByRole("main")).toContainText("hook of claude-code");
  await expect(window.getByRole("button", { name: "Open the run" })).toHaveCount(0);
});

test("a question taken back leaves the popup", async ({ launch }) => {
  const app = await launch({ hidden: true });
  const asked = await app.api.post("/gatehouse/v1/asks", {
    proposal: { kind: "call", tool: "Deploy", arguments: { to: "production" } },
    door: "mcp",
    folder: "/code/checkout",
  });
  const { id } = asked.json as Ask;
  const popup = popupParts(await app.popup());
  await expect(popup.card).toContainText("wants to use Deploy");
  await expect(popup.card).toContainText("production");
  const back = await app.api.delete(`/gatehouse/v1/asks/${id ?? ""}`);
  expect(back.json).toMatchObject({ status: "withdrawn" });
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
});
