import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { areas } from "../../areas/index.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../../testing/headless-daemon.ts";

let daemon: HeadlessDaemon;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
}, 20_000);

afterAll(() => daemon.remove());

async function call(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${daemon.connection.base_url}/gatehouse/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${daemon.connection.token}`, "x-gatehouse-client": "my-tool" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const seq = Number(answer.headers.get("gatehouse-seq"));
  return {
    status: answer.status,
    seq,
    boot: answer.headers.get("gatehouse-boot"),
    body: (await answer.json()) as never,
  };
}

/** The stream's text until `isEnough`. */
async function readStream(path: string, isEnough: (text: string) => boolean): Promise<string> {
  const closing = new AbortController();
  const answer = await fetch(`${daemon.connection.base_url}/gatehouse/v1${path}`, {
    headers: { authorization: `Bearer ${daemon.connection.token}` },
    signal: closing.signal,
  });
  let text = "";
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (isEnough(text)) break;
  }
  closing.abort();
  return text;
}

const startRun = async (text: string) => {
  const { status, body } = await call("POST", "/runs", { sessionId: "native", text });
  expect(status).toBe(201);
  return (body as { id: string }).id;
};

const waitForRequest = () =>
  vi.waitFor(async () => {
    const { permissions } = (await call("GET", "/permissions")).body as { permissions: { id: string }[] };
    expect(permissions).toHaveLength(1);
    return permissions[0]?.id ?? "";
  }, 5000);

test("every endpoint without parameters answers what its contract says", async () => {
  for (const area of Object.values(areas)) {
    for (const endpoint of Object.values(area.endpoints)) {
      if (endpoint.method !== "GET" || endpoint.path.includes(":")) continue;
      const { status, body } = await call("GET", endpoint.path);
      expect([endpoint.path, status]).toEqual([endpoint.path, 200]);
      expect(endpoint.output.safeParse(body).error, endpoint.path).toBeUndefined();
    }
  }
});

test("the daemon finds itself healthy", async () => {
  const { body } = await call("POST", "/diagnostics/checks");
  const { checks } = body as { checks: { name: string; state: string; message: string }[] };
  expect(checks.filter(({ state }) => state === "failed")).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["database", "provider", "connection"]),
  );
});

describe("a run that asks", () => {
  test("is followed from its beginning, and answered by exactly one of many", async () => {
    const id = await startRun('/write_file {"path":"a.txt","content":"x"}');
    const request = await waitForRequest();
    const decide = (decision: string) => call("POST", `/permissions/${request}/decision`, { decision });
    const answers = await Promise.all([decide("deny"), decide("allow"), decide("deny"), decide("allow")]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const late = answers.find(({ status }) => status === 409)?.body;
    expect(late).toMatchObject({
      error: {
        code: "permissions.already_settled",
        data: { id: request, decidedBy: { kind: "api", name: "" } },
      },
    });

    const text = await readStream(`/runs/${id}/stream`, (read) => read.includes("event: end"));
    const types = [...text.matchAll(/"seq":(\d+),"at":\d+,"type":"(\w+)"/g)].map((match) => match[2]);
    expect(types[0]).toBe("run_start");
    expect(types).toContain("permission_request");
    expect(types).toContain("permission_settled");
    expect(types.at(-1)).toBe("run_done");

    const tail = await readStream(`/runs/${id}/stream?after=${types.length - 1}`, (read) =>
      read.includes("event: end"),
    );
    expect(tail).toContain('"run_done"');
    expect(tail).not.toContain('"run_start"');
  });

  test("is announced to everyone, and a client that was away gets what it missed", async () => {
    const { seq, boot } = await call("GET", "/status");
    await startRun("hello");
    const text = await readStream(`/events?after=${boot}-${seq}`, (read) =>
      /runs\.changed(.|\n)*"status":"done"/.test(read),
    );
    const seqs = [...text.matchAll(/^id: [0-9a-f]+-(\d+)$/gm)].map((match) => Number(match[1]));
    expect(text).toContain("event: runs.started\n");
    expect(text).toContain("event: sessions.changed\n");
    expect(seqs[0]).toBe(seq + 1);
  });

  test("needs a provider that exists, and no answer shows its key", async () => {
    const saved = {
      type: "openai-compatible",
      baseUrl: "http://127.0.0.1:9/v1",
      model: "m",
      apiKey: "sk-abcdefgh12345678",
    };
    expect((await call("PUT", "/settings/providers/dead", saved)).status).toBe(200);
    const { body } = await call("POST", "/runs", { sessionId: "n", text: "hi", provider: "nobody" });
    expect(body).toMatchObject({ error: { code: expect.stringMatching(/\.unknown_provider$/) as unknown } });
    expect(JSON.stringify((await call("GET", "/settings")).body)).not.toContain("sk-abcdefgh");
    const tested = await call("POST", "/settings/providers/dead/test");
    expect(tested.body).toMatchObject({ ok: false });
  });
});
