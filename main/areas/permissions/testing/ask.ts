import type { PermissionId, RunId, SessionId } from "../../../contract/ids.ts";
import { personAt, type Asker } from "../../../contract/principal.ts";
import { turn, WORKSPACE, type Core } from "../../../testing/core.ts";
import { presentationOf } from "../../../testing/recording-tool.ts";
import type { Presentation, Refusal, Subject } from "../../inspection/contract.ts";
import type { DecisionRecord, Origin, PermissionRequest, Scope } from "../contract.ts";
import type { GateAnswer, GateRequest, Withdrawal } from "../gate.ts";

/** As the ledger names it. */
export const POPUP = { kind: "popup", name: "" } as const;
export const AT_POPUP = personAt("popup");
export const RUN = `run_${"0".repeat(32)}` as RunId;
export const OWNER: Asker = { kind: "owner", id: "owner", name: "" };

interface Given {
  readonly value?: string;
  readonly client?: string;
  readonly session?: string;
  readonly tool?: string;
  readonly workspace?: string;
  readonly origin?: Partial<Origin>;
  readonly asker?: Asker;
  readonly subject?: Partial<Subject>;
  readonly presentation?: Partial<Presentation>;
  readonly refusal?: Refusal;
  readonly recheck?: GateRequest["recheck"];
}

export interface Question {
  readonly answer: Promise<GateAnswer>;
  readonly asked: readonly PermissionRequest[];
  readonly id: PermissionId;
  abort(reason?: Error | Withdrawal): void;
}

/** What a run asks about a tool that touches `value`. */
export function requestOf(given: Given, signal: AbortSignal): GateRequest {
  const { value = "x", tool = "side_effect", recheck } = given;
  return {
    origin: {
      door: "run",
      runId: RUN,
      sessionId: (given.session ?? "s1") as SessionId,
      clientId: given.client ?? "claude-code",
      folder: given.workspace ?? WORKSPACE,
      callId: "call_1",
      ...given.origin,
    },
    asker: given.asker ?? OWNER,
    tool,
    arguments: { value },
    subject: { action: "touch", target: value, remember: "wide", ...given.subject },
    presentation: { ...presentationOf(tool, { value }), ...given.presentation },
    ...(given.refusal === undefined ? {} : { refusal: given.refusal }),
    ...(recheck === undefined ? {} : { recheck }),
    signal,
  };
}

/** Asks the gate and waits until the question, if there is one, is on record. */
export async function ask({ permissions }: Core, given: Given = {}): Promise<Question> {
  const controller = new AbortController();
  const asked: PermissionRequest[] = [];
  const answer = permissions.ask(requestOf(given, controller.signal), (permission) => asked.push(permission));
  answer.catch(() => {});
  await turn();
  return {
    answer,
    asked,
    abort: (reason: Error | Withdrawal = new Error("context canceled")) => controller.abort(reason),
    get id() {
      const id = asked[0]?.id;
      if (id === undefined) throw new Error("nobody was asked");
      return id;
    },
  };
}

export const allow = (scope: Scope = "once") => ({ decision: "allow", scope }) as const;
export const deny = (reason?: string) => ({ decision: "deny", scope: "once", reason }) as const;

export const statusOnDisk = ({ db }: Core, id: PermissionId) =>
  db.prepare("SELECT status FROM permission_requests WHERE id = ?").pluck().get(id);
export const ledger = async ({ permissions }: Core): Promise<DecisionRecord[]> =>
  (await permissions.decisions({ limit: 500 })).decisions;
export const failFor = ({ db }: Core, when: string) =>
  db.exec(`CREATE TEMP TRIGGER fails BEFORE ${when} BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
