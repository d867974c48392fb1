import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

test("started from the window, allowed in the popup, told with the change and who let it", async ({
  app,
}) => {
  const window = await app.window();
  await goTo(window, "Runs");
  await window.getByRole("button", { name: "New run" }).first().click();
  const dialog = window.getByRole("dialog");
  await dialog
    .getByRole("textbox")
    .first()
    .fill('I write a note.\n/write_file {"path":"note.md","content":"one\\ntwo\\n"}');
  await dialog.getByRole("button", { name: /Start/ }).click();
  const main = window.getByRole("main");
  await expect(main).toContainText("I write a note.");
  await expect(main).toContainText("Needs you");
  await popupParts(await app.popup()).allowOnce();
  const line = main.locator("button[aria-expanded]").filter({ hasText: "note.md" });
  await expect(line).toContainText("Allowed by you");
  if ((await line.getAttribute("aria-expanded")) !== "true") await line.click();
  await expect(main.getByRole("figure")).toContainText("note.md");
  await expect(main.getByRole("figure")).toContainText("added: two");
  await expect(main).toContainText(/Allowed in the popup, .* after it asked/);
  await expect(main).toContainText("Done");
});

test("a live run grows under the reader's eyes and is canceled from the window", async ({ app }) => {
  const window = await app.window();
  const script = "let n = 0; setInterval(() => console.log(++n), 100)";
  const run = await app.gate.start(
    "docs",
    `Counting.\n/shell_exec ${JSON.stringify({ argv: ["node", "-e", script] })}`,
  );
  await goTo(window, "Runs");
  await window.getByRole("option").first().click();
  const main = window.getByRole("main");
  await expect(main).toContainText("Needs you");
  const { id } = await app.gate.asked(run);
  await app.gate.decide(id, { decision: "allow" });
  await expect(main).toContainText("Running");
  await look(main.getByRole("button", { name: "Cancel run" }));
  await main.getByRole("button", { name: "Cancel run" }).click();
  expect((await app.gate.ended(run.id)).status).toBe("canceled");
  await expect(main).toContainText("Canceled");
  await expect(main.getByRole("button", { name: "Cancel run" })).toHaveCount(0);
});

test("canceling a run that waits takes its request away everywhere", async ({ app, tray }) => {
  const request = await app.gate.ask("docs", "/write_file a.txt");
  const window = await app.window();
  await goTo(window, "Runs");
  await window.getByRole("option").first().click();
  await window.getByRole("button", { name: "Cancel run" }).click();
  expect(await app.gate.settled(request.id)).toMatchObject({ status: "withdrawn" });
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — Nothing waits for you");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
});
