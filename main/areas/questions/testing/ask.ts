import type { QuestionId, RunId, SessionId } from "../../../contract/ids.ts";
import { personAt, type AccessScope, type Principal } from "../../../contract/principal.ts";
import { createCore, turn, WORKSPACE, type Core, type CoreOptions } from "../../../testing/core.ts";
import type { DecisionRecord } from "../../permissions/contract.ts";
import { questions, Wanted, type Answer, type AskedQuestion, type Question } from "../contract.ts";
import type { NewQuestion } from "../opening.ts";

export const AT_POPUP = personAt("popup");
export const text = (words: string): Answer => ({ kind: "text", text: words });
export const chosen = (...values: string[]): Answer => ({ kind: "choices", values });

/** A caller with a key that may only ask. */
export const keyOf = (name: string): Principal => ({
  kind: "key",
  id: `key_${name}`,
  name,
  door: "api",
  proof: "token",
  scopes: new Set<AccessScope>(["ask"]),
  label: "something else",
});
export const HOOK = keyOf("hook");

export const branches = { text: "Which branch?", choices: ["main", "release"] };

export function create(options: CoreOptions = {}) {
  const core = createCore(options);
  const ask = (given: object = {}, principal = HOOK): Promise<AskedQuestion> =>
    core.questions.ask(questions.endpoints.ask.input.parse({ ...branches, ...given }), principal);
  const wait = (id: QuestionId, waitMs = 0, principal = HOOK) =>
    core.questions.waitForAnswer(id, waitMs, principal);
  return { ...core, ask, wait };
}

export interface Asking {
  readonly answer: Promise<Question>;
  readonly id: QuestionId;
  abort(reason?: unknown): void;
}

/** What a run asks. */
export const newQuestion = (given: object = {}): NewQuestion => ({
  wanted: Wanted.parse({ ...branches, ...given }),
  origin: {
    door: "run",
    runId: `run_${"0".repeat(32)}` as RunId,
    sessionId: "s1" as SessionId,
    clientId: "claude-code",
    folder: WORKSPACE,
    callId: "call_1",
  },
  asker: { kind: "owner", id: "owner", name: "" },
});

/** Asks as a run of this process does, and waits until the question is on record. */
export async function askHere({ questions: service }: Core, given: object = {}): Promise<Asking> {
  const controller = new AbortController();
  const asked: Question[] = [];
  const answer = service.askHere({ ...newQuestion(given), signal: controller.signal }, (question) =>
    asked.push(question),
  );
  answer.catch(() => {});
  await turn();
  const [question] = asked;
  if (question === undefined) throw new Error("nobody was asked");
  return { answer, id: question.id, abort: (reason) => controller.abort(reason) };
}

export const statusOnDisk = ({ db }: Core, id: QuestionId) =>
  db.prepare("SELECT status FROM questions WHERE id = ?").pluck().get(id);
export const ledger = async ({ permissions }: Core): Promise<DecisionRecord[]> =>
  (await permissions.decisions({ limit: 500 })).decisions;
export const failFor = ({ db }: Core, when: string) =>
  db.exec(`CREATE TEMP TRIGGER fails BEFORE ${when} BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
