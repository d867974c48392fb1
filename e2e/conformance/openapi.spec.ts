import { request } from "node:http";
import type { Answer, Api, CallOptions } from "../fixtures/api.ts";
import {
  createGenerator,
  createValidator,
  type OpenApi,
  type Operation,
  type Parameter,
} from "../fixtures/openapi-fuzz.ts";
import { createChance, type Chance } from "../fixtures/random.ts";
import { expect, test } from "../fixtures/test.ts";

const PREFIX = "/gatehouse/v1";
const REQUESTS = 3_000;
/** A machine that has other work sends fewer. */
const MAX_MS = 15_000;
/** Side by side, as clients call. */
const LANES = 6;
/** They would ask servers elsewhere, and end what can be put on record until the next start. */
const LEFT_OUT = ["settings.testProvider", "storage.restoreBackup"];
/** They take as long as a thousand others. */
const COSTLY = ["storage.makeBackup", "retention.measureSizes", "diagnostics.runChecks"];
const STREAM = "text/event-stream";

const seedOf = (): number => Number(process.env["GATEHOUSE_FUZZ_SEED"] ?? Date.now() % 1e9);

async function describedBy(api: Api): Promise<OpenApi> {
  return (await api.get(`${PREFIX}/openapi.json`)).json as OpenApi;
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function placesOf({ paths }: OpenApi): Place[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => !LEFT_OUT.includes(operationId))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

const isStream = ({ operation }: Place): boolean =>
  operation.responses["200"]?.content?.[STREAM] !== undefined;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly options: CallOptions;
}

/** A request to a place: as described, or with something wrong about it. */
function makeRequest(place: Place, generator: ReturnType<typeof createGenerator>, chance: Chance): Sent {
  const { operation } = place;
  const isBroken = chance.oneIn(3);
  const valueOf = ({ name, schema }: Parameter): string => {
    // Nobody waits here for what does not come.
    if (name === "waitMs") return "1";
    const value = generator.fitting(schema);
    return String(isBroken && chance.oneIn(3) ? generator.broken(value) : value);
  };
  const parameters = operation.parameters ?? [];
  const path = place.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const parameter = parameters.find((each) => each.in === "path" && each.name === name);
    return encodeURIComponent(parameter === undefined ? "x" : valueOf(parameter));
  });
  const query = new URLSearchParams();
  for (const parameter of parameters) {
    if (parameter.in === "query" && (parameter.required || chance.oneIn(2))) {
      query.append(parameter.name, valueOf(parameter));
    }
  }
  const schema = operation.requestBody?.content["application/json"].schema;
  const fitting = schema === undefined ? undefined : generator.fitting(schema);
  const body = isBroken && chance.oneIn(2) ? generator.broken(fitting) : fitting;
  const hasText = isBroken && chance.oneIn(6);
  const headers: Record<string, string | null> = {};
  if (isBroken && chance.oneIn(8)) headers["authorization"] = chance.pick([null, "Bearer no", "Basic x", ""]);
  if (isBroken && chance.oneIn(12))
    headers["content-type"] = chance.pick(["text/plain", ";;", "application/json; x"]);
  if (isBroken && chance.oneIn(12)) headers["origin"] = "http://evil.example";
  const method =
    isBroken && chance.oneIn(12) ? chance.pick(["GET", "POST", "PUT", "DELETE", "PATCH"]) : place.method;
  return {
    method,
    path: `${PREFIX}${path}${query.size > 0 ? `?${query.toString()}` : ""}`,
    options: {
      headers,
      ...(body !== undefined && { body: hasText ? JSON.stringify(body).slice(0, -1) : body }),
    },
  };
}

/** What is wrong with an answer according to the description; null when it is as described. */
function faultOf(
  place: Place,
  sent: Sent,
  { status, headers, text, json }: Answer,
  fits: ReturnType<typeof createValidator>,
): string | null {
  if (status >= 500) return `answered ${status}: ${text}`;
  const response = place.operation.responses[String(status)] ?? place.operation.responses["default"];
  if (response === undefined) return `answered ${status}, which is not described: ${text}`;
  const type = headers["content-type"]?.split(";")[0] ?? "";
  const schema = response.content?.[type]?.schema;
  if (schema === undefined) return `answered ${status} as ${type}, which is not described: ${text}`;
  if (sent.method !== place.method && status < 300) return null;
  const wrong = fits(schema, json);
  return wrong === null ? null : `answered ${status} with ${text.slice(0, 500)}: ${wrong}`;
}

test("every answer is as the description of the API says, whatever is asked, and none is a fault of ours", async ({
  daemon,
}) => {
  test.setTimeout(90_000);
  const seed = seedOf();
  const { owner: api } = daemon;
  const document = await describedBy(api);
  const places = placesOf(document).filter((place) => !isStream(place));
  expect(places.length).toBeGreaterThan(30);
  const seen = new Set<string>();
  const fits = createValidator(document);
  const statuses = new Map<string, Set<number>>();

  const end = Date.now() + MAX_MS;
  let count = 0;
  const lane = async () => {
    while (count < REQUESTS && Date.now() < end) {
      const number = (count += 1);
      // Each request can be made again by itself, but for the ids that were seen before it.
      const chance = createChance(seed + number);
      const generator = createGenerator(document, chance, seen);
      const place = places[chance.below(places.length)];
      if (place === undefined) return;
      if (COSTLY.includes(place.operation.operationId) && !chance.oneIn(20)) continue;
      const sent = makeRequest(place, generator, chance);
      const answer = await api.call(sent.method, sent.path, sent.options);
      for (const [id] of answer.text.matchAll(/\b(?:run|perm|key|grant)_[0-9a-f]{16,32}\b/g)) seen.add(id);
      const fault = faultOf(place, sent, answer, fits);
      const told = `seed ${seed}, request ${number}: ${sent.method} ${sent.path} ${JSON.stringify(sent.options)}`;
      expect(fault, told).toBeNull();
      const { operationId } = place.operation;
      statuses.set(operationId, (statuses.get(operationId) ?? new Set()).add(answer.status));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));

  expect(count).toBeGreaterThan(300);
  // It would find nothing if it were refused everywhere.
  const answered = [...statuses].filter(([, codes]) => [...codes].some((code) => code < 300));
  expect(answered.length, `seed ${seed}: ${[...statuses.keys()].join(" ")}`).toBeGreaterThan(
    places.length / 2,
  );
  expect((await api.get(`${PREFIX}/health`)).status).toBe(200);
});

test("frames of streams are as described, and what can't be followed is refused as described", async ({
  daemon,
}) => {
  const { owner: api } = daemon;
  const document = await describedBy(api);
  const fits = createValidator(document);
  const schemaOf = (id: string) => {
    const place = placesOf(document).find(({ operation }) => operation.operationId === id);
    const schema = place?.operation.responses["200"]?.content?.[STREAM]?.schema;
    if (place === undefined || schema === undefined) throw new Error(`${id} is not described as a stream`);
    return { place, schema };
  };
  const events = schemaOf("events.follow");
  const progress = schemaOf("runs.follow");

  for (const [{ place }, path, status] of [
    [events, "/events?after=x", 400],
    [events, "/events?run=x", 400],
    [progress, "/runs/x/stream", 400],
    [progress, `/runs/run_${"0".repeat(32)}/stream`, 404],
  ] as const) {
    const sent = { method: "GET", path: `${PREFIX}${path}`, options: {} };
    const answer = await api.call(sent.method, sent.path, sent.options);
    expect(answer.status, path).toBe(status);
    expect(faultOf(place, sent, answer, fits), path).toBeNull();
  }

  const heard = follow(api, `${PREFIX}/events?after=0`);
  await api.call("PUT", `${PREFIX}/settings`, { body: { notifications: { sound: true } } });
  await api.post(`${PREFIX}/runs`, { sessionId: "s", text: '/write_file {"path":"a.txt","content":"x"}' });
  const waiting = async () =>
    ((await api.get(`${PREFIX}/permissions`)).json as { permissions: { id: string }[] }).permissions;
  await expect.poll(waiting).toHaveLength(1);
  const asked = await waiting();
  const decision = { decision: "allow", scope: "session_target" };
  expect((await api.post(`${PREFIX}/permissions/${asked[0]?.id}/decision`, decision)).status).toBe(200);
  await expect.poll(() => heard.frames.map(({ type }) => type)).toContain("permissions.granted");
  const { runs } = (await api.get(`${PREFIX}/runs`)).json as { runs: { id: string }[] };
  const told = follow(api, `${PREFIX}/runs/${runs[0]?.id}/stream`);
  await told.ended;
  heard.leave();
  const types = new Set(heard.frames.map(({ type }) => type));
  for (const type of ["ready", "settings.changed", "permissions.asked", "permissions.granted"]) {
    expect(types).toContain(type);
  }
  for (const frame of heard.frames) expect(fits(events.schema, frame), JSON.stringify(frame)).toBeNull();
  // What it says last is that it has told everything.
  expect(told.frames.pop()).toEqual({});
  expect(told.frames.length).toBeGreaterThan(0);
  for (const frame of told.frames) expect(fits(progress.schema, frame), JSON.stringify(frame)).toBeNull();
});

function follow(api: Api, path: string) {
  const frames: { readonly type: string }[] = [];
  let text = "";
  let over = () => {};
  const ended = new Promise<void>((resolve) => (over = resolve));
  const headers = { authorization: `Bearer ${api.token}` };
  const outgoing = request({ agent: false, host: "127.0.0.1", port: api.port, path, headers }, (incoming) => {
    incoming.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("data: "))
          frames.push(JSON.parse(line.slice("data: ".length)) as { type: string });
      }
    });
    incoming.on("error", () => undefined);
    incoming.on("close", over);
  });
  outgoing.on("error", () => undefined).end();
  return { frames, ended, leave: () => outgoing.destroy() };
}
