import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import type { StreamSource } from "../../kernel/invoke.ts";
import { AUTH, createRecordingApp, type RecordingApp } from "./testing/recording-app.ts";

const RUN = `run_${"a".repeat(32)}`;
const apps: RecordingApp["app"][] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  /** Once it has ended. */
  readonly body: Promise<string>;
}

async function serve(follow: StreamSource) {
  const { app, openStreams, reported } = await createRecordingApp(follow);
  apps.push(app);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const get = (path: string, headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const url = `http://127.0.0.1:${port}/gatehouse/v1${path}`;
      request(url, { headers: { ...AUTH, ...headers } }, (answer) => {
        const body = text(answer);
        resolve({ status: answer.statusCode, type: answer.headers["content-type"], body });
      })
        .on("error", reject)
        .end();
    });
  return { app, get, openStreams, reported };
}

const following = () => ({ resume: () => {}, stop: () => {} });

test("a stream tells its frames and ends, also when all was told before it was open", async () => {
  const inputs: unknown[] = [];
  const { get } = await serve((input, follower, principal) => {
    inputs.push(input, principal.id);
    follower.push({ n: 1 }, "1");
    follower.push({ n: 2 }, "2");
    follower.end();
    return following();
  });
  const answer = await get(`/runs/${RUN}/stream?after=3&id=other`);
  expect(answer.type).toBe("text/event-stream");
  expect(await answer.body).toBe(
    'id: 1\nevent: runs.follow\ndata: {"n":1}\n\nid: 2\nevent: runs.follow\ndata: {"n":2}\n\nevent: end\ndata: {}\n\n',
  );
  expect(inputs).toEqual([{ id: RUN, after: 3 }, "owner"]);
});

test("what a client remembers of a stream goes before where it once began", async () => {
  const inputs: unknown[] = [];
  const { get } = await serve((input, follower) => {
    inputs.push(input);
    follower.end();
    return following();
  });
  await (
    await get(`/runs/${RUN}/stream?after=3`, { "last-event-id": "12" })
  ).body;
  await (
    await get(`/runs/${RUN}/stream?after=3`, { "last-event-id": "" })
  ).body;
  expect(inputs).toEqual([
    { id: RUN, after: 12 },
    { id: RUN, after: 3 },
  ]);
});

test("frames are held back while the client does not read, and encoded once for all", async () => {
  const frames = Array.from({ length: 40 }, (_, at) => ({ at, text: "x".repeat(200_000) }));
  let encoded = 0;
  const shared = frames.map((frame) => ({ toJSON: () => ((encoded += 1), frame) }));
  let held = 0;
  const { get } = await serve((_input, follower) => {
    let next = 0;
    const pump = () => {
      for (let frame = shared[next]; frame !== undefined; frame = shared[next]) {
        next += 1;
        if (follower.push(frame, String(next))) continue;
        held += 1;
        return;
      }
      follower.end();
    };
    pump();
    return { resume: pump, stop: () => {} };
  });
  const answers = [await get(`/runs/${RUN}/stream`), await get(`/runs/${RUN}/stream`)];
  const bodies = await Promise.all(answers.map(({ body }) => body));
  for (const body of bodies)
    expect(body.match(/^id: \d+$/gm)).toEqual(frames.map(({ at }) => `id: ${at + 1}`));
  for (const body of bodies) expect(body).toMatch(/event: end\ndata: \{\}\n\n$/);
  expect(encoded).toBe(40);
  expect(held).toBeGreaterThan(2);
});

test("what can't be followed is refused before anything is told", async () => {
  let asked = 0;
  const { get } = await serve(() => {
    asked += 1;
    return following();
  });
  expect((await get("/runs/run_x/stream")).status).toBe(400);
  expect((await get(`/runs/${RUN}/stream?after=-1`)).status).toBe(400);
  expect((await get(`/runs/${RUN}/stream?after=1`, { "last-event-id": "x" })).status).toBe(400);
  expect((await get(`/runs/${RUN}/stream`, { authorization: "Bearer only read" })).status).toBe(403);
  expect(asked).toBe(0);
});

/** It did not come to its end: nothing says so. */
const CUT = "id: 7\nevent: runs.follow\ndata: {}\n\n";

test("a stream ends with the rights of its follower, and with the server", async () => {
  let stopped = 0;
  const { app, get, openStreams } = await serve((_input, follower) => {
    follower.push({}, "7");
    return { resume: () => {}, stop: () => void (stopped += 1) };
  });
  const [first, second] = [await get(`/runs/${RUN}/stream`), await get(`/runs/${RUN}/stream`)];
  openStreams.endOf("owner");
  expect(await first.body).toBe(CUT);
  expect(await second.body).toBe(CUT);
  expect(stopped).toBe(2);
  const third = await get(`/runs/${RUN}/stream`);
  await app.close();
  expect(await third.body).toBe(CUT);
  expect(stopped).toBe(3);
});
