import type { PermissionId, RunId, SessionId } from "../../../contract/ids.ts";
import { personAt } from "../../../contract/principal.ts";
import { turn, WORKSPACE, type Core } from "../../../testing/core.ts";
import { createRecordingTool } from "../../../testing/recording-tool.ts";
import type { Tool } from "../../catalogs/tools/tool.ts";
import type { DecisionRecord, PermissionRequest, Scope } from "../contract.ts";
import type { GateAnswer } from "../gate.ts";

/** As the ledger names it. */
export const POPUP = { kind: "popup", name: "" } as const;
export const AT_POPUP = personAt("popup");
export const RUN = `run_${"0".repeat(32)}` as RunId;

interface Given {
  readonly value?: string;
  readonly client?: string;
  readonly session?: string;
  readonly tool?: Tool;
  readonly workspace?: string;
}

export interface Question {
  readonly answer: Promise<GateAnswer>;
  readonly asked: readonly PermissionRequest[];
  readonly id: PermissionId;
  abort(): void;
}

/** Asks the gate and waits until the question, if there is one, is on record. */
export async function ask({ permissions }: Core, given: Given = {}): Promise<Question> {
  const controller = new AbortController();
  const sessionId = (given.session ?? "s1") as SessionId;
  const workspace = given.workspace ?? WORKSPACE;
  const asked: PermissionRequest[] = [];
  const answer = permissions.ask(
    {
      runId: RUN,
      sessionId,
      clientId: given.client ?? "claude-code",
      tool: given.tool ?? createRecordingTool("side_effect"),
      arguments: { value: given.value ?? "x" },
      context: { runId: RUN, sessionId, workspace, signal: controller.signal },
      signal: controller.signal,
    },
    (permission) => asked.push(permission),
  );
  answer.catch(() => {});
  await turn();
  return {
    answer,
    asked,
    abort: () => controller.abort(new Error("context canceled")),
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
export const ledger = ({ permissions }: Core): DecisionRecord[] =>
  permissions.decisions({ limit: 500 }).decisions;
export const failFor = ({ db }: Core, when: string) =>
  db.exec(`CREATE TEMP TRIGGER fails BEFORE ${when} BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
