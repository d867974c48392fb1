import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { goTo, look, popupParts, takeUp } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test.use({ appOptions: { hidden: true } });

test("comes up by itself and allows: the tool runs", async ({ app, place }) => {
  const run = await app.glue.start("docs", writeFile("hello.txt", "hi"));
  const popup = popupParts(await app.popup());
  await expect(popup.card).toContainText("hello.txt");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(true);
  await popup.allowOnce();
  const [result] = await app.gate.results(run.run_id);
  expect(result).toMatchObject({ result: { isError: false }, decidedBy: { kind: "popup" } });
  expect(await readFile(join(place.work, "hello.txt"), "utf8")).toBe("hi");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
});

test("denies, and the note reaches the agent", async ({ app, place }) => {
  const run = await app.glue.start("docs", writeFile("hello.txt", "hi"));
  const popup = popupParts(await app.popup());
  await popup.denyWith("Put it under src/ instead.");
  const [result] = await app.gate.results(run.run_id);
  expect(result?.result.isError).toBe(true);
  expect(result?.result.content).toContain("Put it under src/ instead.");
  await expect(access(join(place.work, "hello.txt"))).rejects.toThrow("ENOENT");
});

test("no key counts in the first moments of a card", async ({ app }) => {
  const first = await app.gate.ask("first", writeFile("one.txt"));
  const second = await app.gate.ask("second", writeFile("two.txt"));
  const page = await app.popup();
  await look(page.getByRole("article"));
  await takeUp(page);
  await look(page.getByRole("article"));
  // Somebody goes on pressing keys while the next card comes up, until just before the guard lets go.
  const typing = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let since: number | null = null;
        let presses = 0;
        const frame = (now: number) => {
          if (document.querySelector("article")?.textContent.includes("two.txt") === true) since ??= now;
          if (since === null) return void requestAnimationFrame(frame);
          if (now - since > 350) return resolve(presses);
          for (const key of ["Enter", "Backspace"]) {
            document.body.dispatchEvent(
              new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
            );
            presses += 1;
          }
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
  );
  await page.keyboard.press("Enter");
  expect(await typing).toBeGreaterThan(5);
  expect(await app.gate.settled(first.id)).toMatchObject({ status: "allowed", decidedBy: { kind: "popup" } });
  expect((await app.gate.request(second.id)).status).toBe("pending");

  await look(page.getByRole("article"));
  await page.keyboard.press("Enter");
  expect(await app.gate.settled(second.id)).toMatchObject({
    status: "allowed",
    decidedBy: { kind: "popup" },
  });
});

test("never takes the focus by itself, and no key counts before it has it", async ({ app, tray }) => {
  const page = await app.popup();
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  const card = page.getByRole("article");
  await look(card);
  expect(await app.state("popup")).toMatchObject({ isVisible: true, isFocused: false });
  expect(await page.evaluate(() => document.hasFocus())).toBe(false);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Backspace");
  await look(card);
  expect((await app.gate.request(request.id)).status).toBe("pending");

  await tray.press(/a\.txt/, "Look at it…");
  await expect.poll(async () => (await app.state("popup"))?.isFocused).toBe(true);
  await takeUp(page);
  await look(card);
  await page.keyboard.press("Backspace");
  expect(await app.gate.settled(request.id)).toMatchObject({
    status: "denied",
    decidedBy: { kind: "popup" },
  });
});

test("leaves the focus where it is when the window has it", async ({ launch }) => {
  const app = await launch({ hidden: false });
  await goTo(await app.window(), "Runs");
  await expect.poll(async () => (await app.state("window"))?.isFocused).toBe(true);
  await app.gate.ask("docs", writeFile("a.txt"));
  await look(popupParts(await app.popup()).card);
  expect(await app.state("popup")).toMatchObject({ isVisible: true, isFocused: false });
  expect(await app.state("window")).toMatchObject({ isFocused: true });
});

test("closing it decides nothing, and the tray brings it back", async ({ app, tray }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  const page = await app.popup();
  await look(page.getByRole("article"));
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
  expect((await app.gate.request(request.id)).status).toBe("pending");
  await tray.click();
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(true);
  await popupParts(page).allowOnce();
  expect((await app.gate.settled(request.id)).status).toBe("allowed");
});

test("shows one card after the other, and a click meant for one never falls on the next", async ({ app }) => {
  const requests = [];
  for (const name of ["one", "two", "three"])
    requests.push(await app.gate.ask(name, writeFile(`${name}.txt`)));
  const popup = popupParts(await app.popup());
  await expect(popup.card).toContainText("one.txt");
  await expect(popup.more).toContainText("2 more");
  await look(popup.card);
  await popup.allow.dblclick();
  await expect(popup.card).toContainText("two.txt");
  expect((await app.gate.settled(requests[0]?.id ?? "")).status).toBe("allowed");
  expect((await app.gate.request(requests[1]?.id ?? "")).status).toBe("pending");

  await popup.page.keyboard.press("ArrowRight");
  await expect(popup.card).toContainText("three.txt");
  await popup.denyWith("");
  expect((await app.gate.settled(requests[2]?.id ?? "")).status).toBe("denied");
  expect((await app.gate.request(requests[1]?.id ?? "")).status).toBe("pending");
});

test("says when a request was answered elsewhere, and leaves", async ({ app }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  const popup = popupParts(await app.popup());
  await look(popup.card);
  await app.gate.decide(request.id, { decision: "allow" });
  await expect(popup.card).toContainText("Allowed over the API");
  await expect(popup.allow).toHaveCount(0);
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
});

test("says when a request has expired, and nothing runs", async ({ launch, place }) => {
  const app = await launch({ args: ["--permission-timeout", "2s"] });
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  const popup = popupParts(await app.popup());
  await expect(popup.card).toContainText(/0:0\d left/);
  await expect(popup.card).toContainText("Expired");
  expect(await app.gate.settled(request.id)).toMatchObject({
    status: "expired",
    decidedBy: { kind: "timeout" },
  });
  await app.gate.ended(request.runId);
  await expect(access(join(place.work, "a.txt"))).rejects.toThrow("ENOENT");
  const [decision] = await app.gate.decisions();
  expect(decision).toMatchObject({ permissionId: request.id, outcome: "expired" });
});
