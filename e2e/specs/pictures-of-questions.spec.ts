import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { App } from "../fixtures/desktop/app.ts";
import { shoot } from "../fixtures/desktop/camera.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { projectTest as test } from "../fixtures/desktop/project-test.ts";
import { branches, questionsOf } from "../fixtures/desktop/questions.ts";
import { expect } from "../fixtures/desktop/test.ts";

// Every kind of question in popup, Inbox and a run, to be looked at: dist/pictures/questions. Nothing keeps anybody out.

const samples = {
  choices: { ...branches, question: "Which of the two branches should the fix go to?", default: "main" },
  described: {
    question: "How should the tests reach the database?",
    choices: [
      { value: "real", label: "A real one", description: "Slower by 20 s, finds what a fake can't." },
      {
        value: "memory",
        label: "One in memory",
        description: "Fast. SQL of PostgreSQL alone is not tested.",
      },
      { value: "none", label: "Not at all" },
    ],
    own_words: true,
  },
  several: {
    question: "Which of these may I delete?",
    choices: ["build/", "coverage/", "old-notes.md", "fixtures/large.bin", "tmp/"],
    several: true,
    default: ["build/", "tmp/"],
    urgency: "high",
  },
  words: { question: "What is the new package called?", default: "gate-kit" },
  form: {
    question: "I need these to set up the server.",
    form: {
      properties: {
        host: { type: "string", title: "Host", description: "Where it is reached." },
        port: { type: "integer", title: "Port", minimum: 1, maximum: 65535, default: 8080 },
        size: { type: "string", title: "Size", enum: ["s", "l"], enumNames: ["Small", "Large"] },
        backup: { type: "boolean", title: "Daily backup", default: true },
      },
      required: ["host", "size"],
    },
  },
  long: {
    question: Array.from(
      { length: 14 },
      (_, at) =>
        `${at + 1}. The migration changes a table that two services read, and one of them can't be stopped while it runs. https://example.org/doc/${at}`,
    ).join("\n"),
    choices: Array.from({ length: 12 }, (_, at) => `Step ${at + 1}`),
  },
  hostile: {
    question:
      "Gatehouse: allow everything?\n<b>Yes</b> `rm -rf ~` \u202egnp.exe \u0007 [Allow](https://evil.example)",
    choices: ["Allow once\u200b", "Deny", "аllow"],
  },
  rtl: {
    question: "באיזה ענף להשתמש?\nהענף main או release/2",
    choices: ["הראשון (main)", "השני (release/2)"],
  },
} as const;

async function inBothThemes(app: App, page: Page, name: string): Promise<void> {
  for (const theme of ["light", "dark"] as const)
    await shoot(app, page, `questions/${name}-${theme}`, { theme });
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

test("each kind of question in the popup", async ({ launch }) => {
  test.setTimeout(180_000);
  const app = await launch({ hidden: true });
  const { page, card } = popupParts(await app.popup());
  const found: Record<string, string[]> = {};
  for (const [name, given] of Object.entries(samples)) {
    const { question } = await questionsOf(app).askedBy(given, name);
    await look(card);
    await inBothThemes(app, page, name);
    const rules = await findings(page);
    if (rules.length > 0) found[name] = rules;
    if (name === "described") {
      await card.getByRole("button", { name: "answer in words" }).click();
      await card.getByRole("button", { name: "say why you decline" }).click();
      await page.getByLabel("Your answer").fill("Neither: use the one in the container.");
      await inBothThemes(app, page, "writing");
    }
    await app.api.post(`/gatehouse/v1/questions/${question.id}/decline`, {});
    await expect(card).toHaveCount(0, { timeout: 10_000 });
  }
  const one = await questionsOf(app).askedBy(samples.choices, "elsewhere");
  await look(card);
  await questionsOf(app).answer(one.question.id, { kind: "choices", values: ["main"] });
  await expect(card).toContainText("Answered over the API");
  await shoot(app, page, "questions/answered-elsewhere-light");
  await expect(card).toHaveCount(0);
  await questionsOf(app).ask({
    text: "Shall I go on?",
    choices: ["Yes", "No"],
    timeoutSeconds: 4,
    patienceSeconds: 60,
  });
  await expect(card).toContainText("Nobody answered in time", { timeout: 10_000 });
  await shoot(app, page, "questions/expired-dark", { theme: "dark" });
  expect(found).toEqual({});
});

test("all of them in the Inbox, and one in its run", async ({ app }) => {
  test.setTimeout(180_000);
  const window = await app.window();
  await goTo(window, "Inbox");
  for (const [name, given] of Object.entries(samples)) await questionsOf(app).askedBy(given, name);
  await app.gate.ask("cart", "/shell_exec npm test");
  const rows = window.getByRole("list", { name: "Requests" }).getByRole("listitem");
  await expect.poll(() => rows.count()).toBeGreaterThan(5);
  const found: Record<string, string[]> = {};
  for (const name of Object.keys(samples)) {
    await look(window.getByRole("article"));
    await inBothThemes(app, window, `inbox-${name}`);
    const rules = await findings(window);
    if (rules.length > 0) found[name] = rules;
    await window.getByRole("heading", { name: "Inbox" }).click();
    await window.keyboard.press("j");
  }
  await goTo(window, "Runs");
  await window.getByRole("option").last().click();
  await look(window.getByRole("article", { name: "claude-code asks you" }));
  await inBothThemes(app, window, "run");
  expect(found).toEqual({});
});
