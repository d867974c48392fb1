import { createEventSource } from "../../../areas/events/source.ts";
import { areas, type AreaRoutes } from "../../../areas/index.ts";
import { ALL_SCOPES, type AccessScope, type Principal } from "../../../contract/principal.ts";
import { createBus, type Bus } from "../../../kernel/bus.ts";
import { systemClock } from "../../../kernel/clock.ts";
import { createOpenStreams, type OpenStreams } from "../../../kernel/open-streams.ts";
import { authenticateWith } from "../../../transport/authenticate.ts";
import { createHandshakes } from "../../../transport/handshake.ts";
import { createHttpServer, type HttpServer } from "../../../transport/http.ts";
import type { Handlers, StreamSource } from "../../../kernel/invoke.ts";
import { mount } from "../surface.ts";

export const AUTH = { host: "localhost:1", authorization: "Bearer secret" };

/** The surface over endpoints that only say what they were called with. */
export interface RecordingApp {
  readonly app: HttpServer;
  readonly bus: Bus;
  readonly openStreams: OpenStreams;
  readonly calls: { name: string; input: unknown; principal: Principal }[];
  readonly reported: unknown[];
  /** What an endpoint answers, by `area.endpoint`; the others answer an empty object. */
  readonly answers: Record<string, (input: never) => unknown>;
}

/** The token "secret" has every right; "only ask follow" is a key with these two. */
function holderOf({ token, label }: { token: string; label: string }): Principal | null {
  const holder = { door: "api", proof: "token", label } as const;
  if (token === "secret") return { ...holder, kind: "owner", id: "owner", name: "", scopes: ALL_SCOPES };
  if (!token.startsWith("only ")) return null;
  const scopes = new Set(token.split(" ").slice(1) as AccessScope[]);
  return { ...holder, kind: "key", id: token, name: "a key", scopes };
}

export async function createRecordingApp(
  follow: StreamSource = () => ({ resume: () => {}, stop: () => {} }),
): Promise<RecordingApp> {
  const app = createHttpServer();
  const openStreams = createOpenStreams();
  const reported: unknown[] = [];
  const bus = createBus((error) => reported.push(error));
  const followEvents = createEventSource(Object.values(areas), bus);
  const calls: RecordingApp["calls"] = [];
  const answers: RecordingApp["answers"] = {};

  const handlersOf = (area: string, endpoints: object): Handlers =>
    Object.fromEntries(
      Object.keys(endpoints).map((endpoint) => [
        endpoint,
        (input: never, principal: Principal) => {
          const name = `${area}.${endpoint}`;
          calls.push({ name, input, principal });
          return answers[name]?.(input) ?? {};
        },
      ]),
    );
  const routes = Object.entries(areas).map(([name, area]) => [name, handlersOf(name, area.endpoints)]);
  mount(app, {
    areas,
    routes: Object.fromEntries(routes) as AreaRoutes,
    bus,
    services: { storage: { trouble: () => null } },
    streams: {
      events: {
        follow: ({ after }: { after: string }, follower, principal) =>
          followEvents(after, follower, principal),
      },
      runs: { follow },
    },
    version: "9.8.7",
    handshakes: createHandshakes("secret", systemClock),
    openStreams,
    allowedHosts: () => new Set(["localhost:1"]),
    authenticate: authenticateWith(holderOf),
    report: (error) => reported.push(error),
    heartbeatMs: 60_000,
  });
  return { app, bus, openStreams, calls, reported, answers };
}
