import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Deletion, ImportState, Session } from "../areas/sessions/contract.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { commandLine } from "./testing/command-line.ts";

let daemon: HeadlessDaemon;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
}, 20_000);

afterAll(() => daemon.remove());

const cli = commandLine(() => daemon);

const json = async <T>(...args: string[]) => JSON.parse((await cli(...args, "--json")).out) as T;

test("sessions are listed, named, tagged, put away and shown", async () => {
  await cli("run", "hello", "--session", "one");
  await cli("run", "again", "--session", "two");
  expect((await cli("sessions", "rename", "one", "The", "first")).out).toBe("one  The first\n");
  expect((await cli("sessions", "tag", "one", "a", "b c")).out).toBe("one  The first  #a  #b c\n");
  expect((await cli("sessions")).out).toMatch(/^ID +USED +MESSAGES +TAGS +TITLE\n/);
  expect((await cli("sessions", "--search", "first")).out).toContain("one");
  expect((await cli("sessions", "--tag", "b c")).out).not.toContain("two");
  expect((await cli("sessions", "show", "one")).out).toBe(
    "The first\n2 messages, 1 run\ntagged a, b c\n\n0 user: hello\n1 assistant: hello\n",
  );
  expect(await cli("sessions", "archive", "two", "three")).toMatchObject({
    code: 4,
    out: "Archived: two\n",
    err: "three: There is no session of this name.\n",
  });
  expect((await cli("sessions", "list", "--archived")).out).toContain("two");
  expect((await cli("sessions", "unarchive", "two")).code).toBe(0);
  expect(await json<Session>("sessions", "fork", "one", "--at", "0")).toMatchObject({ messageCount: 1 });
});

test("a session is deleted and taken back", async () => {
  await cli("run", "hello", "--session", "gone");
  const { out, code } = await cli("sessions", "delete", "gone");
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Deleted: gone\. For 1\d s: gatehouse sessions undo del_/),
  ]);
  expect((await cli("sessions", "show", "gone")).code).toBe(4);
  expect(await cli("sessions", "undo", "gone")).toMatchObject({ code: 2 });
  expect((await cli("sessions", "undo", /del_\w+/.exec(out)?.[0] ?? "")).out).toBe("Back: gone\n");
  const { deleted } = await json<{ deleted: Deletion[] }>("sessions", "delete", "gone");
  expect((await cli("sessions", "undo", deleted[0]?.id ?? "")).code).toBe(0);
});

test("a session is saved as a file and read again", async () => {
  const folder = temporaryFolder();
  await cli("run", "hello", "--session", "kept");
  const file = join(folder, "kept.json");
  expect(await cli("sessions", "export", "kept", "--out", file)).toMatchObject({ code: 0, out: "" });
  expect((await cli("sessions", "export", "kept")).out).toHaveLength(readFileSync(file, "utf8").length);
  expect(await cli("sessions", "export", "kept", "--out", file)).toMatchObject({ code: 1 });
  expect((await cli("sessions", "export", "kept", "--format", "markdown")).out).toContain("# hello\n");
  expect(await cli("sessions", "export", "kept", "--format", "docx")).toMatchObject({ code: 2 });
  expect((await cli("sessions", "export", "nobody", "--out", join(folder, "x"))).code).toBe(4);
  expect(existsSync(join(folder, "x"))).toBe(false);

  const before = (await json<{ sessions: Session[] }>("sessions")).sessions.length;
  expect(await json<ImportState>("sessions", "import", file, "--dry-run")).toMatchObject({
    messages: 2,
    isWhole: true,
  });
  expect((await json<{ sessions: Session[] }>("sessions")).sessions).toHaveLength(before);
  const session = await json<Session>("sessions", "import", file);
  expect(session).toMatchObject({ title: "hello", messageCount: 2 });
  expect((await cli("sessions", "show", session.id)).out).toContain("1 assistant: hello");

  writeFileSync(file, readFileSync(file, "utf8").replace('"role":"user"', '"role":"god"'));
  expect(await cli("sessions", "import", file)).toMatchObject({
    code: 1,
    err: expect.stringContaining("Line 3") as string,
  });
  expect(await cli("sessions", "import", join(folder, "none"))).toMatchObject({ code: 1 });
  expect((await json<{ sessions: Session[] }>("sessions")).sessions).toHaveLength(before + 1);
});

test("a run chooses the folder of its session", async () => {
  const folder = join(realpathSync(temporaryFolder()), "app");
  mkdirSync(folder);
  writeFileSync(join(folder, "here.txt"), "you found it");
  const { code, out } = await cli("run", "/read_file here.txt", "--session", "elsewhere", "--folder", folder);
  expect([code, out]).toEqual([0, expect.stringContaining("read_file ran")]);
  expect(await json<Session>("sessions", "show", "elsewhere")).toMatchObject({ workspace: folder });
  expect(await cli("run", "hi", "--session", "elsewhere", "--folder", "/")).toMatchObject({
    code: 1,
    err: expect.stringContaining(`works in ${folder}`) as string,
  });
});

test.each([["show"], ["rename", "one"], ["delete"], ["export"], ["nonsense"], ["undo"]])(
  "%s without what it needs is told how to",
  async (...words) => {
    expect(await cli("sessions", ...words)).toMatchObject({
      code: 2,
      err: expect.stringContaining("Usage") as string,
    });
  },
);
