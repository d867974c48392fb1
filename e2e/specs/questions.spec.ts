import type { AskedQuestion } from "../../main/areas/questions/contract.ts";
import { goTo, look, popupParts, restAfterAnswer, takeUp } from "../fixtures/desktop/person.ts";
import { branches, questionsOf } from "../fixtures/desktop/questions.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

test.describe("on a notification", () => {
  test.use({ appOptions: { hidden: true, settings: { notifications: { popup: false } } } });

  test("the names of two branches are buttons: one click answers, the run goes on, the ledger tells it", async ({
    app,
    notices,
    tray,
  }) => {
    const { run, question } = await questionsOf(app).askedBy(branches);
    expect((await app.gate.run(run.id)).status).toBe("waiting");
    const notice = await notices.notice("claude-code asks you");
    expect(notice.body).toContain("Which branch?");
    expect(notice.buttons).toEqual(["main", "release/2", "Decline"]);
    await notices.press(notice, "release/2");
    const [result] = await app.gate.results(run.id);
    expect(result).toMatchObject({ result: { content: "release/2", isError: false } });
    expect(await app.gate.run(run.id)).toMatchObject({ status: "done" });
    await notices.none();
    expect(await app.gate.decisions()).toMatchObject([
      {
        questionId: question.id,
        outcome: "answered",
        reason: "release/2",
        decidedBy: { kind: "notification" },
      },
    ]);

    await tray.press("Open Gatehouse");
    const window = await app.window();
    await goTo(window, "History");
    const row = window.getByRole("listbox", { name: /Decisions/ }).getByRole("option");
    await expect(row).toContainText("Answered");
    await row.click();
    const detail = window.getByRole("complementary", { name: "Decision" });
    await expect(detail).toContainText("Which branch?");
    await expect(detail).toContainText("release/2");
    await expect(detail).toContainText("in the notification");
  });

  test("what has to be written is not, and a click opens its card", async ({ app, notices }) => {
    await questionsOf(app).askedBy({ question: "What is it called?" });
    const notice = await notices.notice("asks you");
    expect(notice.buttons).toEqual(["Answer…", "Decline"]);
    await notices.click();
    await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(true);
    expect(await questionsOf(app).pending()).toHaveLength(1);
  });
});

test.describe("in the popup", () => {
  test.use({ appOptions: { hidden: true } });

  test("comes up by itself, and one click on a choice answers", async ({ app }) => {
    const { run } = await questionsOf(app).askedBy(branches);
    const { card } = popupParts(await app.popup());
    await expect(card).toContainText("Which branch?");
    await expect(card).toContainText("claude-code");
    const choice = card.getByRole("button", { name: /release\/2/ });
    await look(choice);
    await choice.click();
    const [result] = await app.gate.results(run.id);
    expect(result?.result.content).toBe("release/2");
    await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
  });

  test("choices are on the number keys, but not in the first moments", async ({ app }) => {
    const { run, question } = await questionsOf(app).askedBy(branches);
    const page = await app.popup();
    const { card } = popupParts(page);
    await look(card);
    await takeUp(page);
    // The window has the keyboard only now: what was meant for another one decides nothing.
    await page.keyboard.press("1");
    expect((await questionsOf(app).get(question.id)).status).toBe("pending");
    await page.waitForTimeout(1_200);
    await page.keyboard.press("2");
    const [result] = await app.gate.results(run.id);
    expect(result?.result.content).toBe("release/2");
  });

  test("what is half-written stays when another card comes, and after Later", async ({ app, tray }) => {
    const { run } = await questionsOf(app).askedBy({ question: "What is it called?" });
    const page = await app.popup();
    const popup = popupParts(page);
    const area = popup.card.getByLabel("Your answer");
    await area.fill("The good na");
    const other = await app.gate.ask("other", writeFile("a.txt"));
    await page.locator("button").filter({ hasText: "1 more" }).click();
    await page.getByRole("listitem").filter({ hasText: "a.txt" }).click();
    await expect(popup.card).toContainText("a.txt");
    const later = popup.card.getByRole("button", { name: /Later/ });
    await restAfterAnswer(page);
    await look(later);
    await later.click();
    await expect(area).toHaveValue("The good na");
    await look(later);
    await later.click();
    await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
    await app.gate.decide(other.id, { decision: "deny" });
    const [waiting] = await questionsOf(app).pending();
    await tray.press(/asks: What is it called\?$/, "Answer…");
    await expect(area).toHaveValue("The good na");
    await area.press("End");
    await area.pressSequentially("me");
    const send = popup.card.getByRole("button", { name: /^Send/ });
    await look(send);
    await send.click();
    const [result] = await app.gate.results(run.id);
    expect(result?.result.content).toBe("The good name");
    expect((await questionsOf(app).get(waiting?.id ?? "")).decidedBy).toMatchObject({ kind: "popup" });
  });

  test("several are picked and sent together, by keys alone", async ({ app }) => {
    const { run } = await questionsOf(app).askedBy({ ...branches, several: true });
    const page = await app.popup();
    await look(page.getByRole("article"));
    await takeUp(page);
    await page.waitForTimeout(700);
    for (const key of ["1", "2", "1", "1", "Enter"]) await page.keyboard.press(key);
    const [result] = await app.gate.results(run.id);
    expect(result?.result.content).toBe("main\nrelease/2");
  });

  test("is declined with a word that the agent reads", async ({ app }) => {
    const { run } = await questionsOf(app).askedBy(branches);
    const { card, page } = popupParts(await app.popup());
    await look(card);
    await card.getByRole("button", { name: "say why you decline" }).click();
    await page.getByLabel("Why you decline").fill("ask Ada");
    const decline = card.getByRole("button", { name: /^Decline/ });
    await look(decline);
    await decline.click();
    const [result] = await app.gate.results(run.id);
    expect(result?.result.content).toBe("The person declined to answer: ask Ada");
  });

  test("answered elsewhere, it says so and leaves", async ({ app }) => {
    const { question } = await questionsOf(app).askedBy(branches);
    const { card } = popupParts(await app.popup());
    await look(card);
    await questionsOf(app).answer(question.id, { kind: "choices", values: ["main"] });
    await expect(card).toContainText("Answered over the API");
    await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
  });
});

test("a choice in the tray's menu answers", async ({ app, tray }) => {
  const { run } = await questionsOf(app).askedBy(branches);
  await tray.press(/asks: Which branch\?$/, "main");
  const [result] = await app.gate.results(run.id);
  expect(result?.result.content).toBe("main");
  expect(await app.gate.decisions()).toMatchObject([{ decidedBy: { kind: "tray" } }]);
});

test("a form is filled in in the Inbox; what is wrong with it is said, and the run's story shows it", async ({
  app,
}) => {
  const form = {
    properties: {
      name: { type: "string", title: "Name" },
      mail: { type: "string", title: "E-mail", format: "email" },
    },
    required: ["name"],
  };
  const { run } = await questionsOf(app).askedBy({ question: "Who is it for?", form });
  const window = await app.window();
  await window.getByRole("listitem").filter({ hasText: "Who is it for?" }).click();
  const card = window.getByRole("article");
  await card.getByLabel("Name").fill("Ada");
  await card.getByLabel(/E-mail/).fill("nobody");
  const send = card.getByRole("button", { name: /^Send/ });
  await look(send);
  await send.click();
  await expect(card).toContainText("must be an e-mail address");
  await card.getByLabel(/E-mail/).fill("ada@example.org");
  await restAfterAnswer(window);
  await look(send);
  await send.click();
  const [result] = await app.gate.results(run.id);
  expect(JSON.parse(result?.result.content ?? "")).toEqual({ name: "Ada", mail: "ada@example.org" });

  await goTo(window, "Runs");
  await window.getByRole("option").first().click();
  await window.getByRole("button", { name: /^Ask/ }).click();
  const asked = window.getByRole("article", { name: "claude-code asks you" });
  await expect(asked).toContainText("Who is it for?");
  await expect(asked).toContainText("ada@example.org");
});

test("killed in between: asked again while its asker still waits, and an answer is never lost", async ({
  launch,
}) => {
  const before = await launch({ hidden: true });
  const given = { text: "What now?", key: "deploy-7", patienceSeconds: 600 };
  const { id } = await questionsOf(before).ask(given);
  const { run, question } = await questionsOf(before).askedBy(branches);
  await expect(popupParts(await before.popup()).card).toContainText("What now?");
  await before.kill();

  const between = await launch({ hidden: true });
  const asks = questionsOf(between);
  // The run has gone, and with it what it asked.
  expect(await asks.get(question.id)).toMatchObject({ status: "withdrawn", decidedBy: { name: "restart" } });
  expect((await between.gate.run(run.id)).status).toBe("failed");
  expect((await asks.ask(given)).id).toBe(id);
  const poll = asks.wait(id, 20_000);
  const { card } = popupParts(await between.popup());
  await expect(card).toContainText("What now?");
  await card.getByLabel("Your answer").fill("Go on");
  const send = card.getByRole("button", { name: /^Send/ });
  await look(send);
  await send.click();
  expect((await poll).json).toMatchObject({ status: "answered", words: "Go on" });
  await between.kill();

  const after = await launch({ hidden: true });
  const told = (await questionsOf(after).wait(id, 0)).json as AskedQuestion;
  expect(told).toMatchObject({ status: "answered", words: "Go on" });
  expect(await questionsOf(after).ask(given)).toMatchObject({ id, words: "Go on" });
  expect((await after.gate.decisions()).filter(({ questionId }) => questionId === id)).toHaveLength(1);
});
