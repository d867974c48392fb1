import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures/desktop/test.ts";
import { call, writeFile } from "../fixtures/glue.ts";

test.use({ appOptions: { hidden: true } });

test("icon and tooltip say what waits, and the menu allows it", async ({ app, tray, place }) => {
  const idle = await tray.icon();
  expect(await tray.tooltip()).toBe("Gatehouse — Nothing waits for you");

  const first = await app.gate.ask("docs", "/shell_exec git init made", "claude-code");
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — 1 request waits for you, 1 run at work");
  const one = await tray.icon();
  expect(one).not.toBe(idle);
  const second = await app.gate.ask("other", writeFile("b.txt"), "codex");
  await expect.poll(() => tray.tooltip()).toContain("2 requests wait for you");
  await expect.poll(() => tray.icon()).not.toBe(one);

  await tray.press(/^claude-code in .*: run .git init made.$/, "Allow once");
  expect(await app.gate.settled(first.id)).toMatchObject({ status: "allowed", decidedBy: { kind: "tray" } });
  await app.gate.ended(first.runId);
  expect(await readFile(join(place.work, "made", ".git", "HEAD"), "utf8")).toContain("ref:");
  await expect.poll(() => tray.icon()).toBe(one);

  await tray.press(/^codex in .*: .*b\.txt/, "Deny");
  expect(await app.gate.settled(second.id)).toMatchObject({ status: "denied", decidedBy: { kind: "tray" } });
  await expect.poll(() => tray.icon()).toBe(idle);
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — Nothing waits for you");
});

test("the menu offers to allow nothing that it does not say whole", async ({ app, tray, place }) => {
  const asked = {
    cut: `/shell_exec git push origin ${"very-long-branch-name-".repeat(12)}`,
    "high risk": "/shell_exec git push --force origin main",
    input: call("shell_exec", { argv: ["git", "hash-object", "--stdin"], stdin: "all:\n\techo hi\n" }),
    diff: writeFile("c.txt"),
    whole: call("shell_exec", { argv: ["git", "push"], dir: "production" }),
  };
  await mkdir(join(place.work, "production"));
  for (const [session, text] of Object.entries(asked)) await app.gate.ask(session, text);
  const requests = async () =>
    (await tray.menu())
      .filter(({ entries }) => entries.length > 0)
      .map(({ label, entries }) => [
        label,
        entries.map((entry) => entry.label).filter((word) => word !== ""),
      ]);
  await expect.poll(async () => (await requests()).length).toBe(5);
  const look = ["Deny", "Look at it…"];
  expect(await requests()).toEqual([
    [expect.stringMatching(/: run .git push origin very-long.*…$/), look],
    [expect.stringMatching(/: run .git push --force origin main.$/), look],
    [expect.stringMatching(/ with input .all:\\n\\techo hi\\n.$/), look],
    [expect.stringMatching(/: create .c\.txt.$/), look],
    [expect.stringMatching(/: run .git push. in .*production.?$/), ["Allow once", ...look]],
  ]);
});

test("a run at work shows in the icon", async ({ app, tray }) => {
  const idle = await tray.icon();
  const request = await app.gate.ask(
    "docs",
    '/shell_exec {"argv":["node","-e","setTimeout(() => {}, 20000)"]}',
  );
  await app.gate.decide(request.id, { decision: "allow" });
  await expect.poll(() => tray.tooltip()).toBe("Gatehouse — 1 run at work");
  expect(await tray.icon()).not.toBe(idle);
  await app.api.post(`/gatehouse/v1/runs/${request.runId}/cancel`, {});
  await expect.poll(() => tray.icon()).toBe(idle);
});
