import { look } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";
test.use({ appOptions: { hidden: true } });
for (const variant of ["show", "blurfocus", "hideShowFocus", "moveTop", "wcBlurFocus", "window"])
test("debug " + variant, async ({ launch }) => {
  const app = await launch({ hidden: variant !== "window" });
  const page = variant === "window" ? await app.window() : await app.popup();
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await look(page.getByRole("article"));
  await app.electron.evaluate(async ({BrowserWindow}, variant) => {
    const w = BrowserWindow.getAllWindows().find((x) => x.webContents.getURL().includes(variant === "window" ? "://window" : "popup"))!;
    const wait = () => new Promise((r) => setTimeout(r, 200));
    if (variant === "show") w.show();
    if (variant === "blurfocus") { w.focus(); await wait(); w.blur(); await wait(); w.focus(); }
    if (variant === "hideShowFocus") { w.hide(); await wait(); w.show(); w.focus(); }
    if (variant === "moveTop") { w.moveTop(); w.focus(); }
    if (variant === "wcBlurFocus") { w.focus(); await wait();  w.webContents.focus(); (w as any).focusOnWebView?.(); }
  }, variant);
  await new Promise((r) => setTimeout(r, 400));
  console.log(variant, await app.electron.evaluate(({BrowserWindow}) => BrowserWindow.getAllWindows().map(w => [w.getTitle(), w.isFocused(), w.isVisible(), w.webContents.isFocused()])));
  console.log(await page.evaluate(() => document.hasFocus()));
});
