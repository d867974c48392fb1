import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { goTo, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test("remembered for the session it no longer asks; revoked it asks again; undone it does not", async ({
  app,
}) => {
  const window = await app.window();
  await goTo(window, "Runs");
  await app.gate.ask("docs", writeFile("a.txt", "1"));
  await popupParts(await app.popup()).allowAs(/^Every write_file .* for this session$/);
  await expect.poll(() => app.gate.grants()).toHaveLength(1);

  const silent = await app.gate.start("docs", writeFile("b.txt", "2"));
  const [result] = await app.gate.results(silent.id);
  expect(result).toMatchObject({ result: { isError: false }, decidedBy: { kind: "grant" } });
  expect(await app.gate.decisions()).toMatchObject([
    { decidedBy: { kind: "grant" } },
    { decidedBy: { kind: "popup" } },
  ]);

  await goTo(window, "Grants");
  const grants = window
    .getByRole("list", { name: "Grants" })
    .getByRole("listitem")
    .filter({ has: window.getByRole("button", { name: "Revoke", exact: true }) });
  await expect(grants).toHaveCount(1);
  await expect(grants).toContainText("used 1 time");
  await grants.getByRole("button", { name: "Revoke" }).click();
  await expect(grants).toHaveCount(0);
  const asks = await app.gate.ask("docs", writeFile("c.txt", "3"));
  await app.gate.decide(asks.id, { decision: "deny" });

  await window.getByRole("status", { name: "Messages" }).getByRole("button", { name: "Undo" }).click();
  await expect(grants).toHaveCount(1);
  const again = await app.gate.start("docs", writeFile("d.txt", "4"));
  expect((await app.gate.results(again.id))[0]).toMatchObject({ decidedBy: { kind: "grant" } });
});

test("a grant is for the session it was given in", async ({ launch }) => {
  const app = await launch({ hidden: true });
  await app.gate.ask("docs", writeFile("a.txt", "1"));
  await popupParts(await app.popup()).allowAs(/^Every write_file .* for this session$/);
  const other = await app.gate.ask("elsewhere", writeFile("b.txt", "2"));
  expect(other.status).toBe("pending");
});

test("read only: denied at once by the rule, and the file keeps it", async ({ app, place }) => {
  const window = await app.window();
  await goTo(window, "Settings");
  await window.getByRole("radio", { name: /Read only/ }).check();
  await expect.poll(async () => (await app.gate.settings()).permissions.defaultTier).toBe("read_only");
  const run = await app.gate.start("docs", writeFile("a.txt"));
  const [result] = await app.gate.results(run.id);
  expect(result).toMatchObject({ result: { isError: true }, decidedBy: { kind: "policy" } });
  expect(await app.gate.pending()).toEqual([]);
  const file = JSON.parse(await readFile(join(place.home, "settings.json"), "utf8")) as {
    permissions: { default_tier: string };
  };
  expect(file.permissions.default_tier).toBe("read_only");
});

test("trusting everyone is asked back, and only then nobody is asked", async ({ app }) => {
  const window = await app.window();
  await goTo(window, "Settings");
  await window.getByRole("radio", { name: /Trusted/ }).click();
  await window.getByRole("button", { name: "Keep asking" }).click();
  expect((await app.gate.settings()).permissions.defaultTier).toBe("prompt");

  await window.getByRole("radio", { name: /Trusted/ }).click();
  await window.getByRole("button", { name: "Trust every agent" }).click();
  await expect.poll(async () => (await app.gate.settings()).permissions.defaultTier).toBe("trusted");
  const run = await app.gate.start("docs", writeFile("a.txt"));
  const [result] = await app.gate.results(run.id);
  expect(result).toMatchObject({ result: { isError: false }, decidedBy: { kind: "policy" } });
});
