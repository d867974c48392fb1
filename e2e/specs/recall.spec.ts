import { shoot } from "../fixtures/desktop/camera.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

const NAMES = [
  "harbour",
  "ladder",
  "meadow",
  "pepper",
  "quarry",
  "ribbon",
  "saddle",
  "tunnel",
  "velvet",
  "willow",
];
const sentence = (i: number) =>
  `Note ${i}: the ${NAMES[i % 10]} stands beside the ${NAMES[(i * 7 + 3) % 10]}.`;

test("a sentence among many is found in two keystrokes and a few letters, and opened at its place", async ({
  app,
}) => {
  test.setTimeout(120_000);
  for (let i = 0; i < 60; i += 1) {
    const text = i === 23 ? "The spare key lies below the blue flowerpot." : sentence(i);
    await app.gate.ended((await app.gate.start(i % 2 === 0 ? "garden" : "attic", text)).id);
  }
  const window = await app.window();
  await window.bringToFront();
  await window.keyboard.press("Control+k");
  const palette = window.getByRole("dialog");
  await window.keyboard.type("blue flo");
  const found = palette.getByRole("option").filter({ hasText: "The spare key" });
  await expect(found.first()).toBeVisible();
  await expect(found.first().locator("mark").filter({ hasText: "blue" })).toBeVisible();
  for (const theme of ["light", "dark"] as const)
    await shoot(app, window, `palette-found-${theme}`, { theme });
  await window.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  const place = window.getByRole("main").locator('[aria-current="true"]').filter({ hasText: "flowerpot" });
  await expect(place).toBeVisible();
  await expect(place).toBeInViewport();
});

test("Enter right after the last letter opens what was typed, not what was shown a moment before", async ({
  app,
}) => {
  await app.gate.ended((await app.gate.start("one", "zebra crossing at noon")).id);
  await app.gate.ended((await app.gate.start("two", "zebra pattern wallpaper")).id);
  const window = await app.window();
  await window.bringToFront();
  for (const [typed, expected] of [
    ["zebra wallp", "wallpaper"],
    ["zebra cross", "crossing"],
  ] as const) {
    await window.keyboard.press("Control+k");
    await expect(window.getByRole("dialog")).toBeVisible();
    await window.keyboard.insertText("zebra ");
    await expect(
      window.getByRole("dialog").getByRole("option").filter({ hasText: "zebra" }).first(),
    ).toBeVisible();
    await window.keyboard.insertText(typed.slice(6));
    await window.keyboard.press("Enter");
    await expect(
      window.getByLabel("Messages", { exact: true }).locator('[aria-current="true"]'),
    ).toContainText(expected);
  }
});

test("pages and actions are found at once, and what is nowhere is said to be nowhere", async ({ app }) => {
  const window = await app.window();
  await window.bringToFront();
  await window.keyboard.press("Control+k");
  const palette = window.getByRole("dialog");
  await window.keyboard.type("diag");
  await window.keyboard.press("Enter");
  await expect(window.getByRole("main")).toContainText("Diagnostics");
  await window.keyboard.press("Control+k");
  await window.keyboard.type("qqzzqq");
  await expect(palette.getByText("Nothing by that name.")).toBeVisible();
  await window.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
});
