import { answerDialogs, askedDialogs } from "../fixtures/desktop/dialogs.ts";
import { expect, test } from "../fixtures/desktop/test.ts";

interface Bridge {
  call(area: string, endpoint: string, input: unknown): Promise<{ ok: boolean; error?: { code: string } }>;
}
type Bridged = Window & { readonly gatehouse: Bridge };

const pages = ["window", "popup"] as const;

for (const name of pages) {
  test(`the ${name} is sandboxed and has nothing of Node`, async ({ app }) => {
    const page = await app[name]();
    const preferences = await app.electron.evaluate(({ BrowserWindow }, which) => {
      const found = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().startsWith(`gatehouse-app://${which}/`),
      );
      const contents = found?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } =
        contents.getLastWebPreferences();
      return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag };
    }, name);
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const reach = await page.evaluate(() =>
      ["require", "process", "module", "Buffer"].filter((each) => each in window),
    );
    expect(reach).toEqual([]);
  });

  test(`the ${name} stays where it is, loads nothing and opens nothing`, async ({ app }) => {
    await answerDialogs(app, "Cancel");
    const page = await app[name]();
    const before = page.url();
    const tried = await page.evaluate(async () => {
      const attempt = async (body: () => unknown) => {
        try {
          return String(await body());
        } catch (error) {
          return (error as Error).name;
        }
      };
      const load = (element: HTMLImageElement | HTMLScriptElement) =>
        new Promise<string>((resolve) => {
          element.addEventListener("load", () => resolve("loaded"));
          element.addEventListener("error", () => resolve("refused"));
          element.src = "https://example.org/x";
          document.head.append(element);
        });
      const inline = document.createElement("script");
      inline.textContent = "window.inlineRan = true";
      document.head.append(inline);
      return {
        // Later, on its own: what Playwright runs itself may do more.
        eval: await new Promise((done) => {
          setTimeout(() =>
            done(attempt(() => (Reflect.get(window, "eval") as (code: string) => unknown)("1 + 1"))),
          );
        }),
        fetch: await attempt(() => fetch("https://example.org/")),
        image: await load(document.createElement("img")),
        script: await load(document.createElement("script")),
        inline: "inlineRan" in window,
        opened: window.open("https://example.org/") !== null,
      };
    });
    expect(tried).toEqual({
      eval: "EvalError",
      fetch: "TypeError",
      image: "refused",
      script: "refused",
      inline: false,
      opened: false,
    });
    await page.evaluate(() => location.assign("https://example.org/"));
    await page.evaluate(() => location.assign("file:///etc/passwd"));
    await expect
      .poll(() => askedDialogs(app))
      .toMatchObject([{ message: "Open example.org in your browser?" }]);
    expect(page.url()).toBe(before);
    expect(await page.evaluate(() => document.querySelectorAll("#root > *").length)).toBeGreaterThan(0);
    expect(app.electron.windows()).toHaveLength(2);
  });

  test(`the ${name} never holds the token`, async ({ app }) => {
    const page = await app[name]();
    const all = await page.evaluate(async () => {
      const { gatehouse } = window as unknown as Bridged;
      const answers = await Promise.all([
        gatehouse.call("desktop", "getDesktop", {}),
        gatehouse.call("settings", "getSettings", {}),
        gatehouse.call("diagnostics", "getDiagnostics", {}),
      ]);
      return [document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(answers)].join(
        "\n",
      );
    });
    expect(all).not.toContain(app.api.token);
  });
}

test("a page may make its own calls only", async ({ app }) => {
  const call = async (name: (typeof pages)[number], area: string, endpoint: string) => {
    const page = await app[name]();
    const names = [area, endpoint] as const;
    return page.evaluate(([a, e]) => (window as unknown as Bridged).gatehouse.call(a, e, {}), names);
  };
  expect(await call("popup", "permissions", "listPending")).toMatchObject({ ok: true });
  for (const [page, area, endpoint] of [
    ["popup", "runs", "startRun"],
    ["popup", "settings", "changeSettings"],
    ["popup", "permissions", "revokeGrant"],
    ["popup", "desktop", "copyToken"],
    ["window", "desktop", "popupPainted"],
    ["window", "permissions", "__proto__"],
    ["window", "nothing", "atAll"],
  ] as const) {
    expect(await call(page, area, endpoint)).toMatchObject({
      ok: false,
      error: { code: "request.unknown_call" },
    });
  }
});

test("input that is not as it should be is refused before anything happens", async ({ app }) => {
  const request = await app.gate.ask("docs", "/write_file a.txt");
  const popup = await app.popup();
  const answers = await popup.evaluate(
    (id) =>
      Promise.all(
        [
          { id },
          { id, decision: "maybe" },
          { id, decision: "allow", scope: "eternity" },
          { id, decision: "allow", extra: true },
          { id: { toString: "x" }, decision: "allow" },
          null,
        ].map((input) => (window as unknown as Bridged).gatehouse.call("permissions", "decide", input)),
      ),
    request.id,
  );
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: false, error: { code: "request.invalid" } });
  expect((await app.gate.request(request.id)).status).toBe("pending");
});
