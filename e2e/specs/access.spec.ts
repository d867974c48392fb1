import { goTo } from "../fixtures/desktop/person.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { createApi, type Api } from "../fixtures/api.ts";
import type { App } from "../fixtures/desktop/app.ts";
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
  await window.getByRole("radio", { name: "Can answer" }).click();
  await window.getByRole("button", { name: "Make the key" }).click();
  const token = (await window.locator("code", { hasText: /^gh_/ }).textContent()) ?? "";
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `access-made-${theme}`, { theme, size: { width: 1120, height: 740 } });
  await window.getByRole("button", { name: "I have put it away" }).click();
  await expect(window.getByText(token)).toHaveCount(0);
  await expect(window.getByText("never used")).toBeVisible();

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
