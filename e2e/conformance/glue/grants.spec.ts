import { createHash } from "node:crypto";
import { readdir, rm, writeFile as put } from "node:fs/promises";
import { join } from "node:path";
import { typesOf } from "../../fixtures/event-stream.ts";
import type { ErrorBody, WireGrant } from "../../fixtures/glue-wire.ts";
import { call, createGlue, writeFile, type Glue } from "../../fixtures/glue.ts";
import { expect, test } from "../../fixtures/test.ts";

let work = "";
test.beforeEach(({ place }) => {
  work = place.work;
});

/** What an earlier call wrote is taken away again: a call that can't run is not asked about, whatever is remembered. */
async function takeAway(): Promise<void> {
  for (const name of await readdir(work)) await rm(join(work, name), { recursive: true });
}

/** Lets one call through and has it remembered. */
async function grant(
  glue: Glue,
  run: { session: string; client?: string; text: string },
  scope: string,
): Promise<void> {
  await takeAway();
  const waiting = await glue.runUntilAsked(run.session, { text: run.text, client_id: run.client ?? "" });
  await glue.answer(waiting, { allow: true, remember_for: scope });
}

/** Whether a person is asked about this call; the question is answered with a denial. */
async function isAsked(
  glue: Glue,
  run: { session: string; client?: string; text: string },
  there: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  await takeAway();
  for (const [name, text] of Object.entries(there)) await put(join(work, name), text);
  const { run_id: runId } = await glue.start(run.session, { text: run.text, client_id: run.client ?? "" });
  const stream = await glue.stream(runId);
  const first = await stream.first(({ event }) => ["permission_request", "run_done"].includes(event));
  if (first.event === "run_done") return false;
  await glue.decide(runId, first.envelope.payload.permission_id ?? "", { allow: false });
  await stream.ended;
  return true;
}

const idOf = (...parts: string[]): string =>
  `grant_${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16)}`;

test.describe("Glue contract 9: what is remembered", () => {
  test("62 session covers other targets of the same session and client, no other session", async ({
    glue,
  }) => {
    await grant(glue, { session: "a", client: "c:1", text: writeFile("one") }, "session");
    expect(await isAsked(glue, { session: "a", client: "c:1", text: writeFile("two") })).toBe(false);
    expect(await isAsked(glue, { session: "b", client: "c:1", text: writeFile("two") })).toBe(true);
    expect(await isAsked(glue, { session: "a", client: "c:2", text: writeFile("two") })).toBe(true);
    expect(
      await isAsked(
        glue,
        {
          session: "a",
          client: "c:1",
          text: call("edit_file", { path: "one", old_string: "x", new_string: "y" }),
        },
        { one: "x" },
      ),
    ).toBe(true);
  });

  test("63 session_target covers the same target only", async ({ glue }) => {
    await grant(glue, { session: "a", client: "c", text: writeFile("one") }, "session_target");
    expect(await isAsked(glue, { session: "a", client: "c", text: writeFile("one", "other") })).toBe(false);
    expect(await isAsked(glue, { session: "a", client: "c", text: writeFile("two") })).toBe(true);
    expect(await isAsked(glue, { session: "b", client: "c", text: writeFile("one") })).toBe(true);
  });

  test("64 forever covers the same target in every session of the client", async ({ glue }) => {
    await grant(glue, { session: "a", client: "telegram:1", text: writeFile("one") }, "forever");
    expect(await isAsked(glue, { session: "b", client: "telegram:1", text: writeFile("one", "2") })).toBe(
      false,
    );
    expect(await isAsked(glue, { session: "b", client: "telegram:1", text: writeFile("two") })).toBe(true);
    expect(await isAsked(glue, { session: "a", client: "telegram:2", text: writeFile("one") })).toBe(true);
  });

  test("65 never and no scope ask again; a denial is never remembered", async ({ glue }) => {
    for (const scope of ["never", "", " never "]) {
      await grant(glue, { session: "a", text: writeFile(`file-${scope.length}`) }, scope);
      expect(await isAsked(glue, { session: "a", text: writeFile(`file-${scope.length}`) })).toBe(true);
    }
    const waiting = await glue.runUntilAsked("a", writeFile("x"));
    await glue.answer(waiting, { allow: false, remember_for: "forever" });
    expect(await isAsked(glue, { session: "a", text: writeFile("x") })).toBe(true);
    expect(await glue.grants()).toEqual([]);
  });

  test("66 without a client the session owns the grant", async ({ glue }) => {
    await grant(glue, { session: "a", text: writeFile("one") }, "forever");
    expect(await glue.grants()).toEqual([
      expect.objectContaining({ owner: "session:a", scope: "forever", session_id: "a" }),
    ]);
    expect(await isAsked(glue, { session: "a", text: writeFile("one") })).toBe(false);
    expect(await isAsked(glue, { session: "b", text: writeFile("one") })).toBe(true);
  });

  test("67 grants are listed oldest first, under ids made of what they cover", async ({ glue }) => {
    await grant(glue, { session: "m1", client: "c:1", text: writeFile("x") }, "session");
    await grant(glue, { session: "m2", client: "c:1", text: writeFile("x") }, "session_target");
    await grant(glue, { session: "m3", client: "c:2", text: writeFile("x") }, "forever");
    const grants = await glue.grants();
    const tool = ["write_file", "write_file"];
    expect(grants.map(({ id }) => id)).toEqual([
      idOf("session", "client:c:1", "m1", ...tool),
      idOf("session_target", "client:c:1", "m2", ...tool, "x"),
      idOf("forever", "client:c:2", ...tool, "x"),
    ]);
    const [session, , forever] = grants;
    expect(session).toMatchObject({
      client_id: "c:1",
      session_id: "m1",
      tool: "write_file",
      action: "write_file",
      target: "x",
    });
    expect(forever).not.toHaveProperty("session_id");
    const times = grants.map(({ created_at }) => Date.parse(created_at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("67 the vectors of the contract", () => {
    expect(idOf("session", "client:c:1", "m1", "side_effect", "touch")).toBe("grant_40ce150e591cc8f0");
    expect(idOf("session_target", "client:c:1", "m2", "side_effect", "touch", "x")).toBe(
      "grant_37ea9e3ecd333435",
    );
    expect(idOf("forever", "client:c:2", "side_effect", "touch", "x")).toBe("grant_d8c83fa2e93a3807");
    expect(idOf("forever", "session:m5", "side_effect", "touch", "x")).toBe("grant_522453d80adb96d4");
  });

  test("68 a grant that is taken back is shown once more, and the next call asks", async ({
    daemon,
    glue,
  }) => {
    await grant(glue, { session: "a", text: writeFile("one") }, "session");
    const [given] = await glue.grants();
    const answer = await daemon.api.delete(`/v1/permissions/${given?.id}`);
    expect(answer.status).toBe(200);
    expect((answer.json as { permission: WireGrant }).permission).toEqual(given);
    expect(await glue.grants()).toEqual([]);
    expect(await isAsked(glue, { session: "a", text: writeFile("two") })).toBe(true);
    for (const [path, status, message] of [
      [`/v1/permissions/${given?.id}`, 404, "permission grant not found"],
      ["/v1/permissions/x", 404, "permission grant not found"],
      ["/v1/permissions/%20", 400, "permission id is required"],
    ] as const) {
      const refused = await daemon.api.delete(path);
      expect(refused.status).toBe(status);
      expect((refused.json as ErrorBody).error.message).toBe(message);
    }
  });

  test("69 a restart keeps what is remembered and what was taken back", async ({ start }) => {
    const first = await start();
    await grant(createGlue(first.api), { session: "a", text: writeFile("one") }, "session");
    await grant(createGlue(first.api), { session: "a", client: "c", text: writeFile("one", "") }, "forever");
    const before = await createGlue(first.api).grants();
    await first.stop();

    const second = await start();
    const glue = createGlue(second.api);
    expect(await glue.grants()).toEqual(before);
    expect(await isAsked(glue, { session: "a", text: writeFile("two") })).toBe(false);
    for (const { id } of before) await second.api.delete(`/v1/permissions/${id}`);
    await second.stop();

    const third = await start();
    expect(await createGlue(third.api).grants()).toEqual([]);
    expect(await isAsked(createGlue(third.api), { session: "a", text: writeFile("three") })).toBe(true);
  });

  test("4.3 granting again replaces the grant", async ({ daemon, glue }) => {
    await grant(glue, { session: "a", client: "c", text: writeFile("one") }, "forever");
    await grant(glue, { session: "b", client: "d", text: writeFile("one") }, "session");
    const [before] = await glue.grants();
    await daemon.api.delete(`/v1/permissions/${before?.id}`);
    await grant(glue, { session: "z", client: "c", text: writeFile("one") }, "forever");
    const after = await glue.grants();
    expect(after.map(({ client_id }) => client_id)).toEqual(["d", "c"]);
    expect(after[1]?.id).toBe(before?.id);
  });
});

test.describe("where this daemon remembers otherwise on purpose", () => {
  test("a terminal client that calls itself by its process id is always the same client", async ({
    glue,
  }) => {
    await grant(glue, { session: "a", client: "cli:4711", text: writeFile("one") }, "forever");
    expect(await glue.grants()).toEqual([
      expect.objectContaining({ owner: "client:cli", client_id: "cli:4711" }),
    ]);
    expect(await isAsked(glue, { session: "b", client: "cli:815", text: writeFile("one") })).toBe(false);
    expect(await isAsked(glue, { session: "b", client: "cli:me", text: writeFile("one") })).toBe(true);
    expect(await isAsked(glue, { session: "b", client: "telegram:815", text: writeFile("one") })).toBe(true);
  });

  test("code on a command line is allowed once, whatever scope is asked for", async ({ glue }) => {
    const inline = call("shell_exec", { argv: ["node", "-e", "process.exit(0)"] });
    for (const scope of ["session", "session_target", "forever"]) {
      const waiting = await glue.runUntilAsked("a", inline);
      const frames = await glue.answer(waiting, { allow: true, remember_for: scope });
      expect(typesOf(frames)).toContain("run_done");
    }
    expect(await glue.grants()).toEqual([]);
    expect(await isAsked(glue, { session: "a", text: inline })).toBe(true);
  });

  test("a session's grant for commands does not cover an interpreter", async ({ glue }) => {
    await grant(glue, { session: "a", text: call("shell_exec", { argv: ["git", "status"] }) }, "session");
    expect(await isAsked(glue, { session: "a", text: call("shell_exec", { argv: ["git", "log"] }) })).toBe(
      false,
    );
    expect(
      await isAsked(glue, { session: "a", text: call("shell_exec", { argv: ["node", "-e", "1"] }) }),
    ).toBe(true);
  });
});
