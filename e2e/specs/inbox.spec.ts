import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { look, pressOn, restAfterAnswer } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test("the inbox allows, and the list moves on", async ({ app, place }) => {
  const first = await app.gate.ask("docs", writeFile("a.txt", "from the window"));
  const second = await app.gate.ask("other", writeFile("b.txt"));
  const window = await app.window();
  const card = window.getByRole("article");
  await expect(card).toContainText("a.txt");
  await look(card);
  await card.locator("button").filter({ hasText: "Allow once" }).click();
  expect(await app.gate.settled(first.id)).toMatchObject({
    status: "allowed",
    decidedBy: { kind: "window" },
  });
  await app.gate.ended(first.runId);
  expect(await readFile(join(place.work, "a.txt"), "utf8")).toBe("from the window");

  await expect(card).toContainText("b.txt");
  await look(card);
  await restAfterAnswer(window);
  await window.keyboard.press("d");
  expect(await app.gate.settled(second.id)).toMatchObject({
    status: "denied",
    decidedBy: { kind: "window" },
  });
  await expect(
    window.getByRole("list", { name: "Requests" }).getByRole("img", { name: "Denied" }),
  ).toBeVisible();
});

test("many are answered with one confirmation that lists them", async ({ app }) => {
  const requests = [];
  for (const name of ["a", "b", "c"]) requests.push(await app.gate.ask(name, writeFile(`${name}.txt`)));
  const risky = await app.gate.ask("d", "/shell_exec git push --force origin main");
  const window = await app.window();
  const list = window.getByRole("list", { name: "Requests" });
  await expect(list.getByRole("checkbox", { name: /^Pick: / })).toHaveCount(4);
  await list.getByRole("checkbox", { name: /a\.txt/ }).click();
  await list.getByRole("checkbox", { name: /c\.txt/ }).click();
  await list.getByRole("checkbox", { name: /git push/ }).click();
  const bar = window.getByRole("toolbar", { name: "Picked requests" });
  await expect(bar).toContainText("3 picked");
  await bar.getByRole("button", { name: "Allow once…" }).click();

  const dialog = window.getByRole("dialog", { name: "Allow together" });
  const grave = dialog.getByRole("checkbox", { name: /git push/ });
  await expect(dialog).toContainText("1 of high risk is left out");
  await expect(dialog.getByRole("listitem").first()).toContainText("git push");
  await expect(grave).not.toBeChecked();
  await expect(dialog).toContainText("a.txt");
  await expect(dialog).not.toContainText("b.txt");
  expect(await app.gate.pending()).toHaveLength(4);
  await expect(dialog.getByRole("button", { name: "Allow 2 requests once" })).toBeVisible();
  await grave.click();
  const confirm = dialog.getByRole("button", { name: "Allow 3 requests once" });
  await look(confirm);
  await confirm.click();
  await window.waitForTimeout(1_000);
  expect(await app.gate.pending()).toHaveLength(4);
  await pressOn(confirm);
  for (const request of [requests[0], requests[2], risky]) {
    const settled = await app.gate.settled(request?.id ?? "");
    expect(settled).toMatchObject({ status: "allowed", scope: "once", decidedBy: { kind: "window" } });
  }
  expect((await app.gate.pending()).map(({ id }) => id)).toEqual([requests[1]?.id]);
});

test("the popup too answers many, after it has asked once more", async ({ launch }) => {
  const app = await launch({ hidden: true });
  for (const name of ["a", "b", "c"]) await app.gate.ask(name, writeFile(`${name}.txt`));
  const popup = await app.popup();
  await popup.locator("button").filter({ hasText: "2 more" }).click();
  await popup.getByText("Pick all", { exact: true }).click();
  await popup.getByRole("button", { name: "Deny 3…" }).click();
  expect(await app.gate.pending()).toHaveLength(3);
  await popup.getByLabel("Note to the agents").fill("Not today.");
  const confirm = popup.getByRole("button", { name: "Deny 3 requests" });
  await look(confirm);
  await confirm.click();
  await expect.poll(() => app.gate.pending()).toEqual([]);
  for (const decision of await app.gate.decisions()) {
    expect(decision).toMatchObject({ outcome: "denied", reason: "Not today.", decidedBy: { kind: "popup" } });
  }
});

test("a search begins at its top, counts what it found, and opens the first", async ({ app }) => {
  const window = await app.window();
  for (let n = 0; n < 24; n += 1) await app.gate.ask(`s${n}`, writeFile(`note-${n}.txt`));
  await app.gate.ask("last", writeFile("letter-1.txt"));
  await app.gate.ask("last-too", writeFile("letter-2.txt"));
  const list = window.getByRole("list", { name: "Requests" });
  await list.evaluate((element) => element.parentElement?.scrollTo({ top: 99_999 }));
  await window.getByRole("searchbox", { name: "Search inbox" }).fill("letter");
  await expect(window.getByRole("main")).toContainText("2 found");
  await expect(window.getByRole("article")).toContainText("letter-1.txt");
  expect(await list.evaluate((element) => element.parentElement?.scrollTop)).toBe(0);
  await window.getByRole("searchbox", { name: "Search inbox" }).fill("nothing of the kind");
  await expect(window.getByRole("main")).toContainText("0 found");
  await expect(window.getByText("Nothing found")).toBeVisible();
});
