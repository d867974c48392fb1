import type { RunId, SessionId } from "../../../contract/ids.ts";
import { personAt, type Asker } from "../../../contract/principal.ts";
import { createCore, turn, until, type Core, type CoreOptions } from "../../../testing/core.ts";
import type { Run, RunEvent } from "../contract.ts";
import { createScriptedModel, type ScriptedTurn } from "../loop/testing/scripted-model.ts";
import type { StartRunInput } from "../service.ts";
import { atOnce } from "../../../kernel/slices.ts";

/** As the ledger names it. */
export const POPUP = { kind: "popup", name: "" } as const;
export const AT_POPUP = personAt("popup");
export const OWNER: Asker = { kind: "owner", id: "owner", name: "" };
export const HANG: ScriptedTurn = ["hang"];

export const core = (script: readonly ScriptedTurn[], options: CoreOptions = {}) =>
  createCore({ model: createScriptedModel(script), ...options });

export const start = (
  { runs }: Core,
  given: Partial<Omit<StartRunInput, "sessionId">> & { session?: string } = {},
) => {
  const { session = "s1", ...input } = given;
  const sessionId = session as SessionId;
  const asked = { text: "do it", clientId: "claude-code", asker: OWNER, detached: true };
  return runs.start({ ...asked, ...input, sessionId });
};

export const end = async ({ runs }: Core, id: RunId): Promise<Run> => {
  await until(() => runs.get(id).endedAt !== null);
  await turn();
  return runs.get(id);
};

export const eventsOf = ({ runs }: Core, id: RunId): RunEvent[] => atOnce(runs.events(id, 0, 5_000)).events;
export const types = (made: Core, id: RunId) =>
  eventsOf(made, id).flatMap(({ type }) => (type === "text_delta" ? [] : [type]));
export const messages = ({ sessions }: Core, session = "s1") =>
  sessions.messages(session as SessionId, 0, 500).messages.map(({ role, content }) => {
    const texts = content.map((part) => (part.type === "text" ? part.text : part.type));
    return `${role}: ${texts.join(" ")}`;
  });
export const statuses = ({ payloads }: Core, id: RunId) =>
  payloads<Run>("runs.changed").flatMap((run) => (run.id === id ? [run.status] : []));
