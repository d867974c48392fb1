import { look } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";
test.use({ appOptions: { hidden: true } });
test("debug", async ({ app, tray }) => {
  const page = await app.popup();
  await page.evaluate(() => {
    const log: string[] = ((window as any).log = []);
    for (const name of ["focus", "blur", "keydown", "visibilitychange"]) window.addEventListener(name, (e) => log.push(`${Math.round(performance.now())} ${name} ${document.hasFocus()} ${(e as any).key ?? ""} ${(e.target as any)?.tagName}`), true);
  });
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await look(page.getByRole("article"));
  console.log(await app.state("popup"), await page.evaluate(() => document.hasFocus()));
  await page.keyboard.press("Enter");
  await new Promise((r) => setTimeout(r, 300));
  console.log((await app.gate.request(request.id)).status);
  await new Promise((r) => setTimeout(r, 500));
  await page.keyboard.press("Enter");
  await new Promise((r) => setTimeout(r, 300));
  console.log((await app.gate.request(request.id)).status, await page.evaluate(() => (window as any).log));
  const cdp = await app.electron.context().newCDPSession(page);
  await cdp.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  console.log(await page.evaluate(() => document.hasFocus()));
  console.log(await app.electron.evaluate(({BrowserWindow}) => BrowserWindow.getAllWindows().map(w => [w.getTitle(), w.isFocused(), w.isVisible(), w.webContents.isFocused()])));
});
