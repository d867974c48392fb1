import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root, type App } from "../fixtures/desktop/app.ts";
import { goTo, look, popupParts } from "../fixtures/desktop/person.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile } from "../fixtures/glue.ts";

/** The command-line client, as somebody calls it in a terminal. */
async function cli({ place }: App, ...args: string[]): Promise<{ code: number; output: string }> {
  const all = [join(root, "dist/main/cli.cjs"), ...args, "--home", place.home];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, all);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

test("answered in one place, it is gone everywhere", async ({ launch, trayHost, notices }) => {
  test.setTimeout(60_000);
  const app = await launch({ hidden: true });
  const tray = await trayHost.item(app.pid);
  const popup = popupParts(await app.popup());
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  await look(popup.card);
  // The popup shows it, so a notification comes only after a while.
  await notices.notice("wants to", 25_000);
  await expect.poll(() => tray.tooltip()).toContain("1 request waits");
  await tray.press("Open Gatehouse");
  const window = await app.window();
  await expect(window.getByRole("button", { name: "Inbox 1" })).toBeVisible();
  await expect(window.getByRole("article")).toContainText("a.txt");

  expect(await cli(app, "approve", request.id)).toMatchObject({ code: 0 });
  expect(await app.gate.settled(request.id)).toMatchObject({ status: "allowed", decidedBy: { kind: "cli" } });
  await notices.none();
  await expect(popup.card).toContainText("on the command line");
  await expect.poll(async () => (await app.state("popup"))?.isVisible).toBe(false);
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — Nothing waits for you");
  await expect(window.getByRole("button", { name: "Inbox", exact: true })).toBeVisible();
  await expect(window.getByRole("main")).toContainText("Allowed on the command line");
  await goTo(window, "History");
  await expect(window.getByRole("listbox", { name: /Decisions/ }).getByRole("option")).toHaveCount(1);
});

test("the command line lists, denies with a reason, and is told when it is late", async ({ app }) => {
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  expect((await cli(app, "pending")).output).toContain("a.txt");
  const denied = await cli(app, "deny", request.id.slice(0, 13), "--reason", "Not in this folder.");
  expect(denied.code).toBe(0);
  const [result] = await app.gate.results(request.runId);
  expect(result?.result.content).toContain("Not in this folder.");
  const late = await cli(app, "approve", request.id);
  expect(late.code).toBe(4);
  expect(late.output).toMatch(/denied/i);
});

test("of two deciders exactly one wins, and the other is told", async ({ app }) => {
  for (let round = 0; round < 5; round += 1) {
    const request = await app.gate.ask(`race-${round}`, writeFile(`${round}.txt`));
    const answers = await Promise.all([
      app.gate.decide(request.id, { decision: "allow" }),
      app.gate.decide(request.id, { decision: "deny" }),
      app.gate.decide(request.id, { decision: "allow" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const { status } = await app.gate.request(request.id);
    expect(status).toBe(winner === 1 ? "denied" : "allowed");
    for (const answer of answers.filter((each) => each.status === 409)) {
      expect(answer.text).toContain("permissions.already_settled");
    }
    expect(await app.gate.decisions()).toHaveLength(round + 1);
  }
});

test("who clicks too late in the window is told what was decided", async ({ app }) => {
  const window = await app.window();
  const request = await app.gate.ask("docs", writeFile("a.txt"));
  const card = window.getByRole("article");
  await look(card);
  // The click and the other answer cross: the page cannot know yet.
  const late = window.evaluate(
    (id) =>
      (window as unknown as { gatehouse: Bridge }).gatehouse
        .call("permissions", "decide", { id, decision: "deny", scope: "once" })
        .then((answer) => answer.ok),
    request.id,
  );
  const other = app.gate.decide(request.id, { decision: "allow" });
  const [isFirst, { status }] = await Promise.all([late, other]);
  expect([isFirst, status]).toEqual(isFirst ? [true, 409] : [false, 200]);
  await expect(card).toContainText(isFirst ? "Denied" : "Allowed");
});

interface Bridge {
  call(area: string, endpoint: string, input: unknown): Promise<{ readonly ok: boolean }>;
}
