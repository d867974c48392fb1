import type { FastifyRequest } from "fastify";
import * as z from "zod";
import type { AreaServices } from "../../../areas/index.ts";
import { AppError } from "../../../contract/errors.ts";
import { PermissionId, SessionId } from "../../../contract/ids.ts";
import { askerOf } from "../../../contract/principal.ts";
import type { Bus } from "../../../kernel/bus.ts";
import type { OpenStreams } from "../../../kernel/open-streams.ts";
import { principalOf } from "../../../transport/surface-kit/admission.ts";
import { jsonObject, textBody } from "../../../transport/surface-kit/bodies.ts";
import { mountSurface, type MountDeps } from "../../../transport/surface-kit/mount.ts";
import { Refused, type Refusal } from "../../../transport/surface-kit/refusals.ts";
import { segment } from "../../../transport/surface-kit/request-parts.ts";
import { webSocketRoute } from "../../../transport/surface-kit/web-socket.ts";
import type { HttpServer } from "../../../transport/http.ts";
import type { DeskCallers } from "./callers.ts";

const refusal = (status: number, message: string): Refusal => ({ status, code: String(status), message });

const Task = z.object({ text: z.string().min(1), session: SessionId });
const Answer = z.object({ id: PermissionId, yes: z.boolean() });
const Login = z.object({ password: z.string() });

function bodyAs<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refused(refusal(422, "malformed"));
  return parsed.data;
}

const bodyOf = <S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> =>
  bodyAs(schema, jsonObject(textBody(request)));

export interface DeskContext extends MountDeps {
  readonly services: Pick<AreaServices, "permissions" | "runs">;
  readonly bus: Pick<Bus, "subscribe">;
  readonly openStreams: OpenStreams;
  readonly callers: DeskCallers;
}

/** A made-up family of clients that has all that ours lack: API keys, logins with cookies, signed tokens, WebSockets. */
export function mount(server: HttpServer, context: DeskContext): void {
  const { services, bus, openStreams, callers } = context;
  const { permissions, runs } = services;

  const answer = (input: unknown, request: FastifyRequest) => {
    const { id, yes } = bodyAs(Answer, input);
    const decision = { decision: yes ? "allow" : "deny", scope: "once" } as const;
    return { settled: permissions.decide(id, decision, principalOf(request)).status };
  };

  mountSurface(
    server,
    {
      name: "desk",
      owns: ["/desk"],
      routes: [
        {
          method: "POST",
          path: "/desk/login",
          needs: null,
          handler: (request, reply) => {
            const login = callers.login(bodyOf(Login, request).password);
            if (login === null) throw new Refused(refusal(401, "wrong password"));
            void reply.header("set-cookie", login.cookie);
            return { csrf: login.csrf };
          },
        },
        {
          method: "POST",
          path: "/desk/logout",
          needs: "caller",
          handler: (request) => {
            callers.logout(request);
            openStreams.endOf(principalOf(request).id);
            return {};
          },
        },
        {
          method: "POST",
          path: "/desk/tasks",
          needs: "run",
          handler: async (request, reply) => {
            const { text, session } = bodyOf(Task, request);
            const asker = askerOf(principalOf(request));
            const run = await runs.start({
              sessionId: session,
              text,
              clientId: asker.name,
              asker,
              detached: true,
            });
            return reply.code(202).send({ task: run.id });
          },
        },
        {
          method: "POST",
          path: "/desk/waiting/:id",
          needs: "answer",
          handler: (request) =>
            answer({ ...jsonObject(textBody(request)), id: segment(request, "id") }, request),
        },
        webSocketRoute(server, {
          path: "/desk/live",
          needs: "follow",
          plainRequest: refusal(426, "speak WebSocket"),
          protocols: ["desk.v1"],
          maxMessageBytes: 1000,
          pingMs: 30_000,
          open: (request) => (conversation) => {
            const unsubscribe = bus.subscribe((event) => void conversation.send(JSON.stringify(event)));
            const closed = openStreams.opened(principalOf(request), () =>
              conversation.close(1008, "logged out"),
            );
            return {
              received(text) {
                try {
                  conversation.send(JSON.stringify(answer(jsonObject(text), request)));
                } catch (error) {
                  const { message } = error as Error;
                  conversation.send(JSON.stringify({ oops: message }));
                }
              },
              drained: () => undefined,
              left() {
                unsubscribe();
                closed();
              },
            };
          },
        }),
      ],
      authenticate: callers.authenticate,
      order: "route first",
      refusals: {
        foreign: ({ reason }) => refusal(403, reason),
        unauthenticated: () => ({
          ...refusal(401, "unauthorized"),
          headers: { "x-auth-failure": "invalid" },
        }),
        forbidden: ({ scope }) => refusal(403, `insufficient scope: ${scope}`),
        unknownRoute: () => refusal(404, "page not found"),
        wrongMethod: ({ allowed }) => ({
          ...refusal(405, "method not allowed"),
          headers: { allow: allowed.join(", ") },
        }),
        undecodablePath: () => refusal(404, "page not found"),
        tooLarge: () => refusal(413, "too large"),
        tooMuch: ({ excess }) => refusal(413, excess),
        unreadable: () => refusal(400, "bad request"),
        internal: () => refusal(500, "internal server error"),
      },
      refusalOf: (error) => {
        if (error instanceof SyntaxError || error instanceof TypeError) return refusal(422, "malformed");
        return error instanceof AppError ? refusal(error.status, error.code) : null;
      },
      envelope: ({ code, message }) => ({ oops: message, code }),
      contentType: "application/json",
      serialize: (value) => `${JSON.stringify(value)}\n`,
      bodyLimitBytes: 10_000,
      contentTypeIsRead: false,
    },
    context,
  );
}
