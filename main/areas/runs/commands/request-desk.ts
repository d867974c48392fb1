import { permissions } from "../../permissions/contract.ts";
import type { RunEvent } from "../contract.ts";
import type { PermissionId, QuestionId } from "../../../contract/ids.ts";
import { askPerson } from "../../permissions/commands/ask.ts";
import { settle } from "../../questions/commands/answer.ts";
import { askForWords } from "../../questions/commands/ask.ts";
import { questionText } from "../../questions/commands/question-text.ts";
import { questions } from "../../questions/contract.ts";
import type { DaemonClient } from "../../../command/client.ts";
import { DaemonRefusal } from "../../../command/send.ts";
import type { Terminal } from "../../../command/command.ts";
import { answer } from "../../permissions/commands/decide.ts";
import { CliError } from "../../../command/exit-codes.ts";
import { shortId } from "../../../command/short-ids.ts";
import { requestText } from "../../permissions/commands/request-text.ts";
import { outcomeWords } from "../../permissions/commands/request-words.ts";

type Asked = Extract<RunEvent, { type: "permission_request" }>;

/** Shows the requests and questions of a run and asks the person, if there is one; an answer from elsewhere ends the question. */
export interface RequestDesk {
  follow(event: RunEvent): void;
  close(): void;
}

export function createRequestDesk(deps: {
  readonly client: DaemonClient;
  readonly terminal: Terminal;
  /** Prints a message of ours on a line of its own. */
  readonly say: (text: string) => void;
  /** Ctrl-C at a question. */
  readonly interrupt: () => void;
}): RequestDesk {
  const { client, terminal, say, interrupt } = deps;
  const open = new Map<string, AbortController>();
  const here = new Set<string>();
  let queue: Promise<void> = Promise.resolve();

  const ask = async (id: PermissionId, settled: AbortSignal) => {
    if (settled.aborted) return;
    const request = await client(permissions).getPermission({ id });
    if (request.status !== "pending" || settled.aborted) return;
    const given = await askPerson(request, terminal, settled, interrupt);
    if (given === null) return say(`It goes on waiting: gatehouse approve ${shortId(id, [])}`);
    here.add(id);
    await answer(client, request, given);
  };

  const answerQuestion = async (id: QuestionId, settled: AbortSignal) => {
    if (settled.aborted) return;
    const question = await client(questions).getQuestion({ id });
    if (question.status !== "pending" || settled.aborted) return;
    say(`\n${questionText(question, terminal.paintErr).trimEnd()}`);
    if (!terminal.canAsk) return say(`To answer: gatehouse answer ${shortId(id, [])} WORDS`);
    const given = await askForWords(question, terminal, settled, interrupt);
    if (given === null) return say(`It goes on waiting: gatehouse answer ${shortId(id, [])} WORDS`);
    here.add(id);
    await settle(() =>
      given.kind === "declined"
        ? client(questions).decline({ id, ...(given.reason === "" ? {} : { reason: given.reason }) })
        : client(questions).answer({ id, answer: given }),
    );
  };

  const inTurn = <Id extends string>(
    id: Id,
    begin: (id: Id, settled: AbortSignal) => Promise<void>,
    settled: AbortSignal,
  ) => {
    queue = queue.then(() =>
      begin(id, settled).catch((error: unknown) => {
        if (settled.aborted) return;
        here.delete(id);
        const isExpected = error instanceof CliError || error instanceof DaemonRefusal;
        say(isExpected ? error.message : `The question could not be asked: ${String(error)}`);
      }),
    );
  };

  const opened = (id: string): AbortSignal => {
    const settled = new AbortController();
    open.set(id, settled);
    return settled.signal;
  };

  const show = (event: Asked) => {
    const { permissionId: id } = event;
    say(`\n${requestText(event.presentation, terminal.paintErr).trimEnd()}`);
    const settled = opened(id);
    if (terminal.canAsk) return inTurn(id, ask, settled);
    say(`To answer: gatehouse approve ${shortId(id, [])}, or gatehouse deny ${shortId(id, [])}`);
  };

  const close = (id: string, outcome: string) => {
    open.get(id)?.abort();
    open.delete(id);
    if (!here.has(id)) say(`→ ${outcome}`);
  };

  return {
    follow(event) {
      switch (event.type) {
        case "permission_request":
          return show(event);
        case "permission_settled": {
          const { permissionId, outcome: status, decidedBy, reason } = event;
          return close(permissionId, outcomeWords({ status, decidedBy, reason }));
        }
        case "question_asked":
          return inTurn(event.questionId, answerQuestion, opened(event.questionId));
        case "question_settled": {
          const { questionId, outcome: status, decidedBy } = event;
          return close(questionId, outcomeWords({ status, decidedBy, reason: null }));
        }
        default:
      }
    },
    close() {
      for (const settled of open.values()) settled.abort();
      open.clear();
    },
  };
}
