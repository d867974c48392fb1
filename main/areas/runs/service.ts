import { fail } from "../../contract/fail.ts";
import type { RunId, SessionId } from "../../contract/ids.ts";
import type { Asker } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { ownTurn, type Steps } from "../../kernel/slices.ts";
import { randomHex } from "../../kernel/random-id.ts";
import type { ToolCatalog } from "../catalogs/tools/tool.ts";
import type { PermissionService } from "../permissions/service.ts";
import type { SessionService } from "../sessions/service.ts";
import type { UsageService } from "../usage/service.ts";
import { promptOf, type ActiveRun } from "./active-run.ts";
import {
  runs,
  type Run,
  type RunError,
  type RunEvent,
  type RunEventBody,
  type RunStatus,
} from "./contract.ts";
import type { EventLog, Follower, Following } from "./event-log.ts";
import { createCallExecutor } from "./execute-call.ts";
import type { FirstTold } from "./first-told.ts";
import { errorText } from "./loop/failure.ts";
import { runLoop } from "./loop/loop.ts";
import type { LoopOutcome } from "./loop/ports.ts";
import type { Model } from "./model.ts";
import { withoutLoop } from "./outcome-without-loop.ts";
import { recoverRuns } from "./recover.ts";
import { createSessionQueue } from "./session-queue.ts";
import { missingFeature, titleOf } from "./run-input.ts";
import { createRoom, explained } from "./room.ts";
import { runsOfSession } from "./runs-of-session.ts";
import { splitDelta } from "./split-delta.ts";
import type { RunFilter, RunStore } from "./store/run-store.ts";
import type { EventStore } from "./store/event-store.ts";

export interface StartRunInput {
  readonly sessionId: SessionId;
  readonly text: string;
  readonly clientId: string;
  /** Who starts it: what the run asks is asked in this name. */
  readonly asker: Asker;
  readonly detached: boolean;
  /** The folder that a session which begins with it works in; an old one's has been compared. */
  readonly workspace?: string | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly maxTurns?: number | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Named by the client; this version has none, so a run that names one fails and says so. */
  readonly skill?: string | undefined;
  readonly role?: string | undefined;
}

export interface ResolvedModel {
  readonly model: Model;
  readonly alias: string;
  /** "" is the provider's own default. */
  readonly modelName: string;
}

export interface RunService {
  /** Resolves once the run is on record. It goes on by itself. */
  start(input: StartRunInput): Promise<Run>;
  get(id: RunId): Run;
  find(id: string): Run | null;
  list(
    filter: Omit<RunFilter, "status"> & {
      readonly status?: "active" | "done" | "failed" | "canceled" | undefined;
    },
  ): Promise<{
    runs: Run[];
    next: string | null;
  }>;
  events(id: RunId, after: number, limit: number): Steps<{ events: RunEvent[]; lastSeq: number }>;
  /** Null for an unknown run. */
  follow(id: string, after: number, follower: Follower): Following | null;
  /** Idempotent; a run that has ended stays as it is. */
  cancel(id: RunId): Run;
  activeCount(): number;
  /** No new runs, every run ended with its terminal event on record. */
  stop(): Promise<void>;
}

const DEFAULT_MAX_TURNS = 32;
/** Who follows a short run mostly comes right after its end: so many are found without asking the database. */
const MAX_RECENT_RUNS = 256;
const LONG_PROMPT_CHARACTERS = 256 * 1024;
const STOP_GRACE_MS = 5_000;
const CANCELED: RunError = { code: "canceled", message: "context canceled" };
const SHUTTING_DOWN = "permission denied: Gatehouse is shutting down";

export function createRunService(deps: {
  readonly store: RunStore;
  readonly eventStore: EventStore;
  readonly log: EventLog;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof runs>;
  readonly report: (error: unknown) => void;
  readonly sessions: SessionService;
  readonly permissions: PermissionService;
  readonly tools: ToolCatalog;
  readonly usage: Pick<UsageService, "mayGoOn" | "record" | "announce" | "ended">;
  /** Of a session's own folder, or of the usual one for null. Throws in a person's words when it is not there. */
  readonly workspace: (own: string | null) => string;
  readonly openStreams: Pick<OpenStreams, "opened" | "hasEnded">;
  /** Throws a refusal for a provider that isn't configured. */
  readonly resolveModel: (provider: string | undefined, model: string | undefined) => ResolvedModel;
  readonly onToolEnd: (tookMs: number) => void;
  /** After each end that is on record. */
  readonly onRunEnd: () => void;
  readonly firstTold: FirstTold;
}): RunService {
  const { store, log, commit, clock, publish, sessions } = deps;
  const active = new Map<string, ActiveRun>();
  /** Runs that have ended, as they are on record, the newest last. Nothing changes them any more. */
  const recent = new Map<string, { readonly key: number; readonly run: Run }>();
  const queue = createSessionQueue();
  let stopping = false;
  const room = createRoom(deps.openStreams);

  recoverRuns({ store, eventStore: deps.eventStore, sessions, commit, now: clock.now() });

  sessions.attach(
    runsOfSession({
      store,
      eventStore: deps.eventStore,
      publish,
      active: () => Array.from(active.values(), ({ run }) => run),
      forget: (id) => void recent.delete(id),
    }),
  );

  const change = (entry: ActiveRun, changes: Partial<Run>) => {
    entry.run = { ...entry.run, ...changes, lastSeq: entry.log.lastSeq };
    publish("runs.changed", entry.run);
  };
  const setStatus = (entry: ActiveRun, status: RunStatus) => {
    if (entry.run.status !== status && !entry.abort.signal.aborted) change(entry, { status });
  };

  const perform = async (entry: ActiveRun): Promise<LoopOutcome> => {
    const { input, model, abort } = entry;
    const emit = (body: RunEventBody) => {
      for (const piece of splitDelta(body)) entry.log.append(piece);
    };
    const workspace = deps.workspace(entry.workspace);
    const isToldMore = model.model.followsPromptAlone !== true;
    const told = isToldMore ? deps.firstTold(entry.run, input.text, workspace) : "";
    return runLoop(
      {
        history: isToldMore ? sessions.view(input.sessionId) : [],
        prompt: promptOf(entry),
        system: typeof told === "string" ? told : await told,
        modelName: model.modelName,
        tools: deps.tools.list().map((tool) => tool.info),
        options: input.options ?? {},
        maxTurns: input.maxTurns ?? DEFAULT_MAX_TURNS,
        signal: abort.signal,
      },
      {
        clock,
        model: model.model,
        emit,
        mayGoOn: (used) =>
          deps.usage.mayGoOn({
            ...entry.run,
            used,
            folder: workspace,
            signal: abort.signal,
            onWaiting: () => setStatus(entry, "waiting"),
            onAnswered: () => setStatus(entry, "running"),
          }),
        execute: createCallExecutor({
          ...deps,
          workspace,
          run: () => entry.run,
          asker: input.asker,
          emit,
          onWaiting: () => setStatus(entry, "waiting"),
          onAnswered: () => setStatus(entry, "running"),
          onToolCall: () => {
            entry.run = { ...entry.run, toolCalls: entry.run.toolCalls + 1 };
          },
        }),
      },
    );
  };

  /** Never rejects: what can't be saved is reported, and the run has ended all the same. */
  const end = async (entry: ActiveRun, outcome: LoopOutcome) => {
    const { text, usage, newMessages, compaction } = outcome;
    const error = explained(outcome.error, entry.abort.signal);
    const { id, sessionId } = entry.run;
    if (error === null) entry.log.append({ type: "run_done", text, usage });
    else entry.log.append({ type: "run_error", ...error });
    // A long run is written over several turns of the event loop, and its end comes last.
    const caughtUp = entry.log.caughtUp();
    if (caughtUp !== null) {
      await caughtUp;
      await sessions.serialize(newMessages);
      await ownTurn();
    }
    const run: Run = {
      ...entry.run,
      status: error === null ? "done" : error.code === "canceled" ? "canceled" : "failed",
      endedAt: clock.now(),
      error,
      usage,
      lastSeq: entry.log.lastSeq,
    };
    entry.run = run;
    entry.saveOutcome = () => {
      entry.session = sessions.append(sessionId, id, newMessages, compaction);
      deps.usage.record(run);
    };
    const saved = commit.write(() => {
      if (entry.recorded === run) return;
      if (entry.recorded === null) throw new Error(`run ${id} is not on record, so its end can't be`);
      entry.saveOutcome();
      store.end(entry.key, run);
    });
    entry.log.close();
    try {
      await saved;
      recent.set(id, { key: entry.key, run });
      if (recent.size > MAX_RECENT_RUNS) recent.delete(recent.keys().next().value ?? "");
      if (entry.session !== null) sessions.announce(entry.session, newMessages, compaction);
      deps.onRunEnd();
      deps.usage.announce(run);
    } catch (cause) {
      deps.report(cause);
    }
    deps.usage.ended(id);
    active.delete(id);
    entry.leaveRoom();
    publish("runs.changed", run);
  };

  const outcomeOf = async (entry: ActiveRun, isItsTurn: boolean): Promise<LoopOutcome> => {
    if (!isItsTurn || entry.abort.signal.aborted) return withoutLoop([], CANCELED);
    setStatus(entry, "running");
    const missing = missingFeature(entry.input);
    if (missing !== null) return withoutLoop([], missing);
    try {
      return await perform(entry);
    } catch (error) {
      deps.report(error);
      return withoutLoop([promptOf(entry)], { code: "internal", message: errorText(error) });
    }
  };

  const execute = async (entry: ActiveRun) => {
    const leave = await queue.enter(entry.run.sessionId, entry.abort.signal);
    await end(entry, await outcomeOf(entry, leave !== null));
    leave?.();
  };

  const lookup = (id: string): { key: number | null; run: Run } | null => {
    const entry = active.get(id);
    return entry === undefined
      ? (recent.get(id) ?? store.find(id))
      : { key: entry.key || null, run: entry.run };
  };
  const known = (id: string) => {
    const found = lookup(id);
    if (found === null) throw fail(runs, "not_found", "There is no such run.");
    return found;
  };

  return {
    async start(input) {
      // What a long prompt takes to be read, to be written, and what the model makes of it: each has a turn of its own.
      const isLong = input.text.length > LONG_PROMPT_CHARACTERS;
      if (isLong) await ownTurn();
      if (stopping) throw fail(runs, "shutting_down", "Gatehouse is shutting down and starts no new runs.");
      room.expect(input);
      const model = deps.resolveModel(input.provider, input.model);
      const id = `run_${randomHex()}` as RunId;
      const run: Run = {
        id,
        sessionId: input.sessionId,
        clientId: input.clientId,
        title: titleOf(input),
        status: "queued",
        detached: input.detached,
        provider: model.alias,
        model: model.modelName,
        startedAt: clock.now(),
        endedAt: null,
        error: null,
        usage: null,
        toolCalls: 0,
        lastSeq: 0,
      };
      const recorded = commit.write(() => {
        entry.recorded = null;
        entry.key = 0;
        const { sessionId, title, clientId } = run;
        sessions.recordRun({ id: sessionId, title, clientId, workspace: entry.workspace });
        entry.key = store.insert(entry.run);
        entry.saveOutcome();
        entry.recorded = entry.run;
      });
      const abort = new AbortController();
      const entry: ActiveRun = {
        run,
        input,
        model,
        log: log.open(id, () => entry.key),
        workspace: input.workspace ?? sessions.workspaceOf(input.sessionId),
        abort,
        leaveRoom: room.take(input, (reason) => abort.abort(reason)),
        key: 0,
        recorded: null,
        saveOutcome: () => {},
        session: null,
        ended: Promise.resolve(),
      };
      active.set(id, entry);
      publish("runs.started", run);
      const { clientId, text, skill } = input;
      entry.log.append({
        type: "run_start",
        clientId,
        prompt: text,
        ...(skill === undefined ? {} : { skill }),
      });
      const prompted = isLong ? entry.log.caughtUp() : null;
      entry.ended = isLong
        ? Promise.allSettled([recorded, prompted])
            .then(ownTurn)
            .then(() => execute(entry))
        : execute(entry);
      try {
        await recorded;
        await prompted;
      } catch (error) {
        entry.abort.abort(error);
        throw error;
      }
      return entry.run;
    },
    get: (id) => known(id).run,
    find: (id) => lookup(id)?.run ?? null,
    async list({ status, ...filter }) {
      const page = await store.list({ ...filter, status: status === "active" ? "queued" : status });
      // One that has ended while the list was read is shown as it ended.
      const asItIs = (run: Run) =>
        active.get(run.id)?.run ?? (run.endedAt === null ? store.find(run.id)?.run : null) ?? run;
      return { ...page, runs: page.runs.map(asItIs) };
    },
    *events(id, after, limit) {
      const { key, run } = known(id);
      const events = (yield* log.read(id, key, after)).slice(0, limit);
      return { events, lastSeq: Math.max(run.lastSeq, events.at(-1)?.seq ?? 0) };
    },
    follow(id, after, follower) {
      const found = lookup(id);
      return found === null ? null : log.follow(id, found.key, after, follower);
    },
    cancel(id) {
      active.get(id)?.abort.abort(new Error("context canceled"));
      return known(id).run;
    },
    activeCount: () => active.size,
    async stop() {
      stopping = true;
      deps.permissions.denyAll(SHUTTING_DOWN);
      const ending = [...active.values()].map((entry) => entry.ended);
      for (const entry of active.values()) entry.abort.abort(new Error("context canceled"));
      let cancelTimer = () => {};
      const grace = new Promise<void>((resolve) => {
        cancelTimer = clock.after(STOP_GRACE_MS, resolve);
      });
      await Promise.race([Promise.allSettled(ending), grace]);
      cancelTimer();
      commit.flush();
    },
  };
}
