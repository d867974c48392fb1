import { isAbsolute, resolve } from "node:path";
import type * as z from "zod";
import type { Presence } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import type { PermissionId } from "../../contract/ids.ts";
import { MAX_PROPOSAL_CHARACTERS } from "../../contract/limits.ts";
import { actingName, askerOf, type Principal } from "../../contract/principal.ts";
import { createAttendance, type Attendance } from "../../kernel/attendance.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { charactersIn } from "../../kernel/characters.ts";
import { excessOfValue } from "../../kernel/json-bounds.ts";
import { giveWay, ownTurn } from "../../kernel/slices.ts";
import type { OpenToolCatalog } from "../catalogs/tools/tool.ts";
import type { Inspection, Proposal } from "../inspection/contract.ts";
import { preview } from "../../contract/visible-text.ts";
import type { PermissionSummary } from "../permissions/contract.ts";
import type { GateAnswer, Withdrawal } from "../permissions/gate.ts";
import type { PermissionService } from "../permissions/service.ts";
import { asks, type Ask } from "./contract.ts";

export interface AskService {
  /** Resolves once the answer is there or the request is on record. */
  ask(input: z.output<typeof asks.endpoints.ask.input>, principal: Principal): Promise<Ask>;
  get(id: PermissionId, waitMs: number, principal: Principal, presence?: Presence): Promise<Ask>;
  withdraw(id: PermissionId, principal: Principal): Ask;
}

const TAKEN_BACK: Withdrawal = { withdrawnBy: "asker", words: "whoever asked took the question back" };
const LEFT: Withdrawal = { withdrawnBy: "left", words: "nobody waited for the answer any more" };

const LONG_CHARACTERS = 16 * 1024;

/** More than a person could answer; whoever asks on is told to wait. */
const MAX_OPEN_PER_ASKER = 200;

/** A question that waits, and whether somebody wants to hear of its answer. */
interface OpenAsk {
  readonly askerId: string;
  readonly abort: AbortController;
  readonly attendance: Attendance;
}

/**
 * Takes questions of callers whose calls run elsewhere to the gate. The request's row is the record of the question; kept
 * here is only who waits for it.
 */
export function createAskService(deps: {
  readonly permissions: PermissionService;
  readonly tools: Pick<OpenToolCatalog, "look">;
  readonly commit: GroupCommit;
  readonly clock: Clock;
}): AskService {
  const { permissions, tools, commit, clock } = deps;
  const open = new Map<PermissionId, OpenAsk>();
  /** Questions that are looked at and wait for nobody yet, by their askers. */
  const looking: string[] = [];

  const follow = async (id: PermissionId, { attendance }: OpenAsk, answer: Promise<GateAnswer>) => {
    await answer;
    open.delete(id);
    attendance.end();
  };

  /** What was long to read is long to judge, and then to put on record: each has a turn of its own. */
  const look = async (proposal: Proposal, folder: string): Promise<Inspection> => {
    const isLong = charactersIn(proposal) > LONG_CHARACTERS;
    // What is short is many where somebody asks much at once.
    const turn = () => (isLong ? ownTurn() : giveWay());
    await turn();
    const inspection = await tools.look(proposal, folder);
    await turn();
    return inspection;
  };

  /** One's own only: whose others are is nobody's business. */
  const own = (id: PermissionId, { kind, id: askerId }: Principal): PermissionSummary => {
    const found = permissions.find(id);
    const isOwn = found !== null && found.asker.kind === kind && found.asker.id === askerId;
    if (!isOwn || found.door === "run") throw fail(asks, "not_found", "You asked no such question.");
    return found;
  };

  return {
    async ask(input, principal) {
      if (!isAbsolute(input.folder)) {
        throw fail(asks, "folder_not_absolute", "Give the folder as an absolute path.");
      }
      const { proposal, door, sessionId = null, callId = null } = input;
      const askers = [...looking, ...Array.from(open.values(), ({ askerId }) => askerId)];
      refuseTooMuch(proposal, askers.filter((one) => one === principal.id).length);
      const folder = resolve(input.folder);
      looking.push(principal.id);
      const inspection = await look(proposal, folder).finally(() =>
        looking.splice(looking.indexOf(principal.id), 1),
      );
      const abort = new AbortController();
      const asked: PermissionId[] = [];
      let opened: OpenAsk | undefined;
      const answer = permissions.ask(
        {
          origin: {
            door,
            runId: null,
            sessionId,
            clientId: actingName(principal, input.agent),
            folder,
            callId,
          },
          asker: askerOf(principal),
          tool: preview(toolOf(proposal), 200),
          arguments: proposal,
          ...inspection,
          signal: abort.signal,
          lookAgain: () => opened?.attendance.lookAgain(),
        },
        ({ id }) => asked.push(id),
      );
      const [id] = asked;
      if (id === undefined) return answeredAtOnce(await answer);
      const patienceMs = input.patienceSeconds * 1000;
      const entry: OpenAsk = (opened = {
        askerId: principal.id,
        abort,
        attendance: createAttendance({ clock, patienceMs, left: () => abort.abort(LEFT) }),
      });
      open.set(id, entry);
      void follow(id, entry, answer);
      // Shares the commit that puts the request on record.
      await commit.write(() => {}).catch(() => {});
      const found = permissions.find(id);
      // What can't be put on record is denied, and nobody finds it again.
      if (found === null) return answeredAtOnce(await answer);
      entry.attendance.heard();
      return toAsk(found);
    },

    async get(id, waitMs, principal, presence) {
      const entry = open.get(id);
      entry?.attendance.lookAgain();
      const found = own(id, principal);
      if (entry === undefined || found.status !== "pending") return toAsk(found);
      if (waitMs === 0) entry.attendance.heard();
      else await entry.attendance.listen(waitMs, presence);
      return toAsk(own(id, principal));
    },

    withdraw(id, principal) {
      own(id, principal);
      open.get(id)?.abort.abort(TAKEN_BACK);
      return toAsk(own(id, principal));
    },
  };
}

function refuseTooMuch(proposal: Proposal, openCount: number): void {
  if (openCount >= MAX_OPEN_PER_ASKER) {
    throw fail(asks, "too_many", `${openCount} questions wait already. Ask again when some are answered.`);
  }
  const excess = excessOfValue(proposal, MAX_PROPOSAL_CHARACTERS);
  if (excess === null) return;
  const words = `That is more than a person can look through, so it can't be asked: it has ${excess}.`;
  throw fail(asks, "too_large", words);
}

const toAsk = ({ id, status, reason, expiresAt }: PermissionSummary): Ask => ({
  id,
  status,
  reason,
  expiresAt,
});

function answeredAtOnce({ outcome, reason }: GateAnswer): Ask {
  return { id: null, status: outcome, reason, expiresAt: null };
}

/** What the call goes by in lists and grants. */
function toolOf(proposal: Proposal): string {
  switch (proposal.kind) {
    case "program":
    case "shell":
      return "command";
    case "file_change":
    case "network":
      return proposal.kind;
    case "mcp":
      return `${proposal.server}/${proposal.tool}`;
    case "call":
      return proposal.tool;
  }
}
