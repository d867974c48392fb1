import type { Answer } from "../../fixtures/api.ts";
import { expectNoHold, test } from "../../fixtures/holds/test.ts";
import { sessionFile } from "../../fixtures/session-file.ts";
import { expect } from "../../fixtures/test.ts";

const MiB = 1024 * 1024;
const PREFIX = "/gatehouse/v1";
const UNDO_MS = 15_000;

test.describe("what holds the main thread", () => {
  test.setTimeout(240_000);

  test("neither reading, saving, forking nor deleting a long session does", async ({ start, holds }) => {
    const { owner } = await start();
    const post = async (path: string, body: object): Promise<Answer> => {
      const answer = await owner.post(PREFIX + path, body);
      expect(answer.status, answer.text.slice(0, 200)).toBeLessThan(300);
      return answer;
    };
    const idOf = ({ json }: Answer) => (json as { id: string }).id;
    const importWhole = async (file: string) => {
      const id = idOf(await post("/session-imports", {}));
      for (let from = 0; from < file.length; from += MiB) {
        await post(`/session-imports/${id}/parts`, { text: file.slice(from, from + MiB) });
      }
      return idOf(await post(`/session-imports/${id}/finish`, {}));
    };
    const file = sessionFile(20_000);
    const session = await expectNoHold(holds, "an import of 20,000 messages", () => importWhole(file));
    await expectNoHold(holds, "an export", async () => {
      for (let after: string | null = ""; after !== null;) {
        const path = `${PREFIX}/sessions/${session}/export${after === "" ? "" : `?after=${after}`}`;
        ({ next: after } = (await owner.get(path)).json as { next: string | null });
      }
    });
    await expectNoHold(holds, "a fork", () => post(`/sessions/${session}/fork`, { index: 15_000 }));
    await expectNoHold(holds, "a deletion", async () => {
      await post("/sessions/delete", { ids: [session] });
      await new Promise((resolve) => setTimeout(resolve, UNDO_MS + 4_000));
    });
  });

  test("nor do files that no export wrote", async ({ start, holds }) => {
    const { owner } = await start();
    const header = sessionFile(0).split("\n", 1)[0] ?? "";
    const hostile: Readonly<Record<string, string>> = {
      "a line without end": "x".repeat(MiB - 10),
      brackets: `${header}\n],"messages":[\n${"[".repeat(MiB / 2)}`,
      "many values": `${header}\n],"messages":[\n{"role":"user","content":[${"{},".repeat(300_000)}{}],"createdAt":1}\n`,
      "line breaks": `${header}\n],"messages":[\n${"\n".repeat(MiB / 2)}`,
      escapes: `${header}\n],"messages":[\n{"role":"user","content":[{"type":"text","text":"${String.raw`\ud800`.repeat(150_000)}"}],"createdAt":1}\n`,
    };
    for (const [what, text] of Object.entries(hostile)) {
      const answer = await expectNoHold(holds, what, async () => {
        const { id } = (await owner.post(`${PREFIX}/session-imports`, {})).json as { id: string };
        const answered = await owner.post(`${PREFIX}/session-imports/${id}/parts`, { text });
        await owner.call("DELETE", `${PREFIX}/session-imports/${id}`);
        return answered;
      });
      expect([200, 422], what).toContain(answer.status);
    }
    const { json } = await owner.get(`${PREFIX}/sessions`);
    expect(json).toMatchObject({ sessions: [] });
  });
});
