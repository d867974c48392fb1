import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createScriptedModel, says } from "../../areas/runs/loop/testing/scripted-model.ts";
import { ALL_SCOPES } from "../../contract/principal.ts";
import { createCore } from "../../testing/core.ts";
import { createHttpServer, type HttpServer } from "../../transport/http.ts";
import { asRecorded, filledIn, parseExchanges, type Exchange, type Seen } from "../testing/exchanges.ts";
import { mount } from "./surface.ts";

/** What was once said on the wire is said again, to the byte. The model says two words. */

const folder = join(import.meta.dirname, "fixtures");
const files = readdirSync(folder).filter((name) => name.endsWith(".exchanges"));

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(): Promise<string> {
  const model = createScriptedModel([says("all ", "done")]);
  const services = createCore({ model });
  const server = createHttpServer();
  servers.push(server);
  const hosts = new Set<string>();
  mount(server, {
    services,
    capabilities: ["runs", "events", "permissions", "tools", "status"],
    authenticate: ({ headers }) =>
      headers.authorization === "Bearer token"
        ? {
            kind: "client",
            id: "glue",
            name: "Glue",
            door: "api",
            proof: "token",
            scopes: ALL_SCOPES,
            label: "",
          }
        : null,
    allowedHosts: () => hosts,
    report: (error) => {
      throw error;
    },
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  return `http://127.0.0.1:${port}`;
}

async function replay(origin: string, { request, answer }: Exchange, seen: Seen) {
  const { method, headers } = request;
  const body = filledIn(request.body, seen);
  const path = filledIn(request.path, seen);
  const told = await fetch(`${origin}${path}`, { method, headers, ...(body !== "" && { body }) });
  return {
    status: told.status,
    contentType: told.headers.get("content-type"),
    body: asRecorded(await told.text(), answer.body, seen),
  };
}

describe.each(files)("%s", (file) => {
  test("is said again", async () => {
    const exchanges = parseExchanges(readFileSync(join(folder, file), "utf8"));
    expect(exchanges.length).toBeGreaterThan(0);
    const origin = await serve();
    const seen: Seen = new Map();
    for (const exchange of exchanges) {
      const told = await replay(origin, exchange, seen);
      expect(told, exchange.title).toEqual(exchange.answer);
    }
  });
});
