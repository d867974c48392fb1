import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { goTo, popupParts } from "../fixtures/desktop/person.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { createApi, type Api } from "../fixtures/api.ts";
import { root, type App } from "../fixtures/desktop/app.ts";
import { writeFile } from "../fixtures/glue.ts";

const NATIVE = "/gatehouse/v1";

async function openAccess(app: App) {
  const window = await app.window();
  await goTo(window, "Settings");
  await window
    .getByRole("navigation", { name: "Sections of the settings" })
    .getByRole("button", { name: "Access" })
    .click();
  return window;
}

/** Somebody with this key. */
const holderOf = (app: App, token: string): Api => createApi({ port: app.api.port, token });

test("a key is made, shown once, used under its name, and revoked with what it has open", async ({ app }) => {
  const window = await openAccess(app);
  await expect(window.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `access-empty-${theme}`, { theme, size: { width: 1120, height: 740 } });
  await window.getByRole("button", { name: "Make a key" }).click();
  await window.getByLabel("Name").fill("phone");
  await window.getByRole("radio", { name: "Can answer" }).click();
  await expect(window.getByText("does what otherwise only you do")).toBeVisible();
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `access-new-${theme}`, { theme, size: { width: 1120, height: 740 } });
  await window.getByRole("radio", { name: "Custom" }).click();
  await shoot(app, window, `access-custom-light`, { size: { width: 1120, height: 740 } });
  const reads = window.getByRole("checkbox", { name: "May read history, sessions and settings" });
  await expect(reads).not.toBeChecked();
  await window.getByText("May read history, sessions and settings").click();
  await expect(reads).toBeChecked();
  await window.getByRole("radio", { name: "Can answer" }).click();
  await window.getByRole("button", { name: "Make the key" }).click();
  const token = (await window.locator("code", { hasText: /^gh_/ }).textContent()) ?? "";
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `access-made-${theme}`, { theme, size: { width: 1120, height: 740 } });
  // A stray click beside it must not cost the key.
  await window.mouse.click(20, 20);
  await expect(window.getByText(token)).toBeVisible();
  await window.getByRole("button", { name: "I have put it away" }).click();
  await expect(window.getByText(token)).toHaveCount(0);
  await expect(window.getByText("never used")).toBeVisible();
  await expect(window.getByText("ends in 90 days")).toBeVisible();

  const phone = holderOf(app, token);
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  const answer = await phone.post(`${NATIVE}/permissions/${request.id}/decision`, { decision: "deny" });
  expect(answer.status).toBe(200);
  expect(await app.gate.settled(request.id)).toMatchObject({ decidedBy: { kind: "key", name: "phone" } });
  await expect(window.getByText("last used")).toBeVisible();
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `access-list-${theme}`, { theme, size: { width: 1120, height: 740 } });

  const stream = phone.get(`${NATIVE}/events`);
  await window.getByRole("button", { name: "Revoke phone" }).click();
  await shoot(app, window, `access-revoke-light`, { size: { width: 1120, height: 740 } });
  await window.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(window.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  // What it had open has come to its end.
  expect((await stream).text).toContain("event: ready");
  expect((await phone.get(`${NATIVE}/permissions`)).status).toBe(401);
});

async function keyWith(app: App, name: string, scopes: readonly string[]): Promise<Api> {
  const made = await app.api.post(`${NATIVE}/keys`, { name, scopes });
  expect(made.status, made.text).toBe(201);
  return holderOf(app, (made.json as { token: string }).token);
}

test("who only asks is named in the ledger, and answers, widens and configures nothing", async ({ app }) => {
  const agent = await keyWith(app, "an agent", ["ask"]);
  // The popup does not come up over the Inbox.
  await goTo(await app.window(), "Runs");
  const forged = { headers: { "x-gatehouse-client": "cli" } };
  const asked = await agent.post(
    `${NATIVE}/asks`,
    { proposal: { kind: "shell", text: "git push --force" }, folder: app.place.work, agent: "cli" },
    forged,
  );
  expect(asked.status, asked.text).toBeLessThan(300);
  await expect.poll(app.gate.pending).toHaveLength(1);
  const [request] = await app.gate.pending();
  const path = `${NATIVE}/permissions/${request?.id ?? ""}/decision`;
  for (const answer of [
    await agent.post(path, { decision: "allow" }, forged),
    await agent.call("PUT", `${NATIVE}/settings`, {
      ...forged,
      body: { permissions: { defaultTier: "trusted" } },
    }),
    await agent.get(`${NATIVE}/grants`, forged),
    await agent.get(`${NATIVE}/decisions`, forged),
    await agent.post(`${NATIVE}/keys`, { name: "more", scopes: ["ask"] }, forged),
  ]) {
    expect(answer.status, answer.text).toBe(403);
    expect(answer.json).toMatchObject({ error: { code: "request.forbidden" } });
  }
  await popupParts(await app.popup()).denyWith("");
  await app.gate.settled(request?.id ?? "");
  expect(await app.gate.decisions()).toMatchObject([
    {
      outcome: "denied",
      asker: { kind: "key", name: "an agent" },
      clientId: "an agent",
      decidedBy: { kind: "popup" },
    },
  ]);
});

test("settings that let more through wait for the person's yes", async ({ launch }) => {
  const app = await launch({ hidden: true });
  const trusted = { permissions: { defaultTier: "trusted" } };
  const change = () => app.api.call("PUT", `${NATIVE}/settings`, { body: trusted });
  const popup = popupParts(await app.popup());

  const refused = change();
  await expect(popup.card).toContainText("wants to change the settings");
  await shoot(app, popup.page, "loosening-light");
  await shoot(app, popup.page, "loosening-dark", { theme: "dark" });
  const [waiting] = await app.gate.pending();
  const own = await app.gate.decide(waiting?.id ?? "", { decision: "allow" });
  expect(own.status).toBe(403);
  await popup.denyWith("");
  expect((await refused).status).toBe(403);
  expect((await app.gate.settings()).permissions.defaultTier).toBe("prompt");

  const allowed = change();
  await expect.poll(app.gate.pending).toHaveLength(1);
  await expect(popup.allow).toHaveCount(0);
  await popup.allowLasting();
  expect((await allowed).status).toBe(200);
  expect((await app.gate.settings()).permissions.defaultTier).toBe("trusted");
  expect(await app.gate.decisions()).toMatchObject([
    {
      act: "change the settings",
      outcome: "allowed",
      asker: { kind: "owner" },
      decidedBy: { kind: "popup" },
    },
    { act: "change the settings", outcome: "denied", decidedBy: { kind: "popup" } },
  ]);
  // What lets less through waits for nobody.
  const narrower = await app.api.call("PUT", `${NATIVE}/settings`, {
    body: { permissions: { defaultTier: "prompt" } },
  });
  expect(narrower.status).toBe(200);
});

test("a process on the port of a daemon that was killed gets no token", async ({ app }) => {
  const { port, token: ownerKey } = app.api;
  await app.kill();
  const told: string[] = [];
  const squatter = createServer((request, response) => {
    void text(request).then((body) => {
      told.push(JSON.stringify([request.url, request.rawHeaders, body]));
      response.end(JSON.stringify({ nonce: "0".repeat(88), proof: "0".repeat(64), permissions: [] }));
    });
  });
  await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
  const cli = [join(root, "dist/main/cli.cjs"), "pending", "--home", app.place.home];
  const failure = await promisify(execFile)(process.execPath, cli).then(
    () => null,
    (error: unknown) => error as { code: number; stderr: string },
  );
  squatter.close();
  expect(failure).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("is not your Gatehouse"),
  });
  expect(told).toHaveLength(1);
  expect(told.join().toLowerCase()).not.toMatch(new RegExp(`${ownerKey}|bearer|gs_`));
});
