import type { Page } from "@playwright/test";
import type { RunId } from "../../main/contract/ids.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

const markup = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>bold</b>`;
const bidi = "\u202Egnp.exe\u202C \u2066hidden\u2069";
const unseen = "zero\u200Bwidth\u200D\uFEFF";
const long = "w".repeat(400);
const texts = { markup, bidi, unseen, long, lines: "first\nsecond\r\n\tthird", quotes: `"';\`$(id)\`` };

/** Whatever is shown is text, and what a person has to see is in sight. */
async function isSound(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    hacked: "hacked" in window,
    injected: document.querySelectorAll("img, iframe, object, embed, body b, body script:not([src])").length,
    isWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }));
  expect(found).toEqual({ hacked: false, injected: 0, isWide: false });
}

for (const [name, text] of Object.entries(texts)) {
  test(`${name}: shown as text wherever it stands`, async ({ app, notices, tray }) => {
    const window = await app.window();
    await goTo(window, "Runs");
    const client = text.slice(0, 190);
    const session = encodeURIComponent(`s ${text.replaceAll(/[\r\n\t]/g, " ")}`.slice(0, 120));
    const started = await app.glue.api.post(`/v1/sessions/${session}/runs`, {
      client_id: client,
      text: `/write_file ${JSON.stringify({ path: `${text.replaceAll("/", "").slice(0, 80)}.txt`, content: `${text}\n${text}` })}`,
    });
    // A surface may refuse such a name; then there is nothing to show.
    const run = started.status === 201 ? (started.json as { run_id: RunId }) : null;
    const { id } =
      run === null
        ? await app.gate.ask(
            "docs",
            `/write_file ${JSON.stringify({ path: "a.txt", content: text })}`,
            client,
          )
        : await app.gate.asked({ id: run.run_id });

    const popup = popupParts(await app.popup());
    await look(popup.card);
    await isSound(popup.page);
    for (const button of [popup.allow, popup.deny]) await expect(button).toBeInViewport({ ratio: 1 });
    if (name === "markup") await expect(popup.card).toContainText("<img src=x onerror=");
    if (name === "bidi") await expect(popup.card).toContainText(String.raw`\u202e`);
    if (name === "unseen") await expect(popup.card).toContainText(String.raw`\u200b`);

    await expect.poll(() => tray.tooltip()).toContain("1 request waits");
    const labels = (await tray.menu()).map(({ label }) => label).join("");
    expect(labels).not.toMatch(/[\u202e\u200b\n\r\t]/);
    expect(
      notices
        .shown()
        .map(({ title }) => title)
        .join(""),
    ).not.toMatch(/[\u202e\u200b\n\r\t]/);

    await goTo(window, "Inbox");
    const card = window.getByRole("article");
    await look(card);
    for (const button of ["Allow once", "Deny"]) {
      await expect(card.locator("button").filter({ hasText: button })).toBeInViewport({ ratio: 1 });
    }
    await isSound(window);
    await app.gate.decide(id, { decision: "deny", reason: text });
    for (const page of ["Runs", "Sessions", "History"]) {
      await goTo(window, page);
      const row = window
        .getByRole("main")
        .getByRole(page === "Sessions" ? "listitem" : "option")
        .first();
      await row.click();
      await look(window.getByRole("main").locator("h2").first());
      await isSound(window);
      expect((await row.boundingBox())?.height).toBeLessThan(80);
    }
  });
}
