import type { FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import type { Run } from "../../areas/runs/contract.ts";
import type { RunService } from "../../areas/runs/service.ts";
import { SessionId, type RunId } from "../../contract/ids.ts";
import { askerOf } from "../../contract/principal.ts";
import { principalOf } from "../../transport/surface-kit/admission.ts";
import { openEventStream } from "../../transport/event-stream.ts";
import { textBody } from "../../transport/surface-kit/bodies.ts";
import { headerValue, queryValue, segment } from "../../transport/surface-kit/request-parts.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";
import { parseBody } from "./body.ts";
import { encodeBatch, NOTHING_TOLD, seqOfEventId } from "./frames.ts";
import { pageSize } from "./page-size.ts";
import { badRequest, notFound } from "./refusals.ts";
import { eventsUrl, runToWire } from "./wire.ts";

const StartBody = z.object({
  text: z.string().default(""),
  skill: z.string().default(""),
  arguments: z.record(z.string(), z.string()).optional(),
  client_id: z.string().default(""),
  role: z.string().default(""),
  model: z.string().default(""),
  max_turns: z.int().default(0),
  options: z.record(z.string(), z.unknown()).optional(),
  detached: z.boolean().default(false),
});

const ListedStatus = z.enum(["active", "done", "failed", "canceled"]).optional();

/** They go into rows, events and notices, of which many are kept in memory. */
const NAMES = ["skill", "client_id", "role", "model"] as const;
const MAX_NAME = 1024;

const HEARTBEAT_MS = 15_000;

export function runRoutes({ runs }: { readonly runs: RunService }): readonly Route[] {
  const watchers = createWatchers((runId) => runs.cancel(runId));

  const start = async (request: FastifyRequest, reply: FastifyReply) => {
    const sessionId = SessionId.safeParse(segment(request, "session_id"));
    const body = parseBody(StartBody, textBody(request));
    const [text, skill] = [body.text.trim(), body.skill.trim()];
    if (text === "" && skill === "") throw badRequest("text or skill is required");
    if (text !== "" && skill !== "") throw badRequest("choose only one of text or skill");
    for (const name of NAMES) {
      if (body[name].length > MAX_NAME) throw badRequest(`${name} must have at most ${MAX_NAME} characters`);
    }
    if (!sessionId.success) throw badRequest("session id must have 1 to 1024 characters");
    const run = await runs.start({
      sessionId: sessionId.data,
      text,
      clientId: body.client_id,
      asker: askerOf(principalOf(request)),
      detached: body.detached,
      skill: skill === "" ? undefined : skill,
      role: body.role.trim() === "" ? undefined : body.role,
      model: body.model.trim() === "" ? undefined : body.model,
      maxTurns: body.max_turns > 0 ? body.max_turns : undefined,
      options: body.options,
    });
    return reply.code(201).send({ run_id: run.id, session_id: run.sessionId, events_url: eventsUrl(run.id) });
  };

  const stream = (request: FastifyRequest, reply: FastifyReply) => {
    const run = find(request);
    const after = resumeAfter(request, run.id);
    let told = NOTHING_TOLD;
    const leave = watchers.enter(run);
    const events = openEventStream(reply, {
      heartbeatMs: HEARTBEAT_MS,
      drained: () => following?.resume(),
      left: () => {
        following?.stop();
        leave();
      },
    });
    const following = runs.follow(run.id, 0, {
      push(batch) {
        const encoded = encodeBatch({ runId: run.id, sessionId: run.sessionId }, batch, told, after);
        told = encoded.told;
        return encoded.frames.length === 0 || events.write(encoded.frames);
      },
      end() {
        watchers.ended(run.id);
        events.end();
      },
    });
  };

  const find = (request: FastifyRequest): Run => {
    const run = runs.find(segment(request, "run_id"));
    if (run === null) throw notFound("run not found");
    return run;
  };

  const list = async (request: FastifyRequest) => {
    const status = ListedStatus.safeParse(queryValue(request, "status"));
    if (!status.success) throw badRequest("invalid status");
    const page = await runs.list({ limit: pageSize(queryValue(request, "limit")), status: status.data });
    return { runs: page.runs.map(runToWire) };
  };

  const cancel = (request: FastifyRequest, reply: FastifyReply) => {
    const run = find(request);
    runs.cancel(run.id);
    return reply.code(202).send({ canceled: true, run_id: run.id });
  };

  return [
    { method: "POST", path: "/v1/sessions/:session_id/runs", needs: "run", handler: start },
    { method: "GET", path: "/v1/runs", needs: "read", handler: list },
    {
      method: "GET",
      path: "/v1/runs/:run_id",
      needs: "read",
      handler: (request) => ({ run: runToWire(find(request)) }),
    },
    { method: "DELETE", path: "/v1/runs/:run_id", needs: "run", handler: cancel },
    { method: "GET", path: "/v1/runs/:run_id/events", needs: "follow", handler: stream },
  ];
}

function resumeAfter(request: FastifyRequest, runId: string): number {
  const after = queryValue(request, "after");
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after);
  return seqOfEventId(runId, headerValue(request, "last-event-id") ?? "");
}

/** A run that is not detached lives as long as one subscriber of this dialect watches it, once one has come. */
function createWatchers(abandon: (runId: RunId) => void) {
  const counts = new Map<string, number>();
  return {
    enter(run: Run): () => void {
      counts.set(run.id, (counts.get(run.id) ?? 0) + 1);
      return () => {
        const count = counts.get(run.id);
        if (count === undefined) return;
        if (count > 1) {
          counts.set(run.id, count - 1);
          return;
        }
        counts.delete(run.id);
        if (!run.detached) abandon(run.id);
      };
    },
    ended: (runId: string) => counts.delete(runId),
  };
}
