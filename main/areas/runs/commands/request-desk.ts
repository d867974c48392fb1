import { permissions } from "../../permissions/contract.ts";
import type { RunEvent } from "../contract.ts";
import type { PermissionId } from "../../../contract/ids.ts";
import { askPerson } from "../../permissions/commands/ask.ts";
import type { DaemonClient } from "../../../command/client.ts";
import { DaemonRefusal } from "../../../command/send.ts";
import type { Terminal } from "../../../command/command.ts";
import { answer } from "../../permissions/commands/decide.ts";
import { CliError } from "../../../command/exit-codes.ts";
import { shortId } from "../../../command/short-ids.ts";
import { requestText } from "../../permissions/commands/request-text.ts";
import { outcomeWords } from "../../permissions/commands/request-words.ts";

type Asked = Extract<RunEvent, { type: "permission_request" }>;

/** Shows the requests of a run and asks the person, if there is one; an answer from elsewhere ends the question. */
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
  const open = new Map<PermissionId, AbortController>();
  const here = new Set<PermissionId>();
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

  const askInTurn = (id: PermissionId, settled: AbortSignal) => {
    queue = queue.then(() =>
      ask(id, settled).catch((error: unknown) => {
        if (settled.aborted) return;
        here.delete(id);
        const isExpected = error instanceof CliError || error instanceof DaemonRefusal;
        say(isExpected ? error.message : `The question could not be asked: ${String(error)}`);
      }),
    );
  };

  const show = (event: Asked) => {
    const { permissionId: id } = event;
    say(`\n${requestText(event.presentation, terminal.paintErr).trimEnd()}`);
    const settled = new AbortController();
    open.set(id, settled);
    if (terminal.canAsk) return askInTurn(id, settled.signal);
    say(`To answer: gatehouse approve ${shortId(id, [])}, or gatehouse deny ${shortId(id, [])}`);
  };

  return {
    follow(event) {
      if (event.type === "permission_request") return show(event);
      if (event.type !== "permission_settled") return;
      open.get(event.permissionId)?.abort();
      open.delete(event.permissionId);
      const { outcome: status, decidedBy, reason } = event;
      if (!here.has(event.permissionId)) say(`→ ${outcomeWords({ status, decidedBy, reason })}`);
    },
    close() {
      for (const settled of open.values()) settled.abort();
      open.clear();
    },
  };
}
