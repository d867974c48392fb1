import { deciderOf, type Decider } from "../../contract/decider.ts";
import { homedir } from "node:os";
import { fail } from "../../contract/fail.ts";
import { actingName, askerOf, personAt, type Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Loosening, LooseningGate } from "../../kernel/loosening.ts";
import type { Inspection, Presentation } from "../inspection/contract.ts";
import { visibleText } from "../../contract/visible-text.ts";
import { permissions } from "./contract.ts";
import type { GateOutcome, GateRequest } from "./gate.ts";
import type { Settlement } from "./outcome.ts";

const BY_HAND = "settings file";
/** Whoever can write the person's files is taken for the person: there is no way to tell, and no way to hold it back. */
const SOMEBODY: Principal = { ...personAt("window"), label: BY_HAND };

const RISK: Presentation["risks"][number] = {
  kind: "unknown",
  level: "high",
  text: "loosens the gate",
  why: "Afterwards something goes through without you that does not now.",
};

/**
 * What loosens the gate goes through the gate: a row in the ledger, told to the person, and where it is not the
 * person's own doing it waits for the person's yes, whatever rules and grants say. Without a desktop the owner key is
 * the person, so nothing waits for somebody who can't come.
 */
export function createLoosen(deps: {
  readonly ask: (request: GateRequest) => Promise<Pick<GateOutcome, "outcome" | "decidedBy" | "reason">>;
  readonly record: (request: GateRequest, how: Settlement) => Promise<GateOutcome>;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
}): LooseningGate {
  const tell = ({ act, sentences }: Loosening, decidedBy: Decider) =>
    deps.publish("permissions.loosened", {
      at: deps.clock.now(),
      act,
      sentences: [...sentences],
      decidedBy,
    });

  const loosen: LooseningGate["loosen"] = async (loosening, by, apply) => {
    const request = requestOf(loosening, by);
    const decidedBy = deciderOf(by);
    const answer =
      by.kind === "person"
        ? await deps.record(request, { outcome: "allowed", decidedBy, scope: null, reason: null })
        : await deps.ask(request);
    if (answer.outcome !== "allowed") {
      const why = answer.reason === null ? "" : `: ${answer.reason}`;
      throw fail(permissions, "not_allowed", `Nothing was changed, because it was ${answer.outcome}${why}.`);
    }
    const result = await apply();
    tell(loosening, answer.decidedBy);
    return result;
  };

  return {
    loosen,
    note(loosening) {
      const decidedBy: Decider = { kind: "system", name: BY_HAND };
      const request = requestOf(loosening, SOMEBODY);
      // What fails here is reported by whoever keeps the ledger; the person is told all the same.
      void deps.record(request, { outcome: "allowed", decidedBy, scope: null, reason: null });
      tell(loosening, decidedBy);
    },
  };
}

function requestOf({ act, sentences }: Loosening, by: Principal): GateRequest {
  const told = sentences.map((sentence) => visibleText(sentence));
  const inspection: Inspection = {
    subject: { action: "loosen", target: told.join(" "), remember: "once" },
    presentation: {
      wants: `wants to ${act}`,
      act,
      body: { kind: "call", text: told.join("\n") },
      risks: [RISK],
    },
  };
  return {
    origin: {
      door: "api",
      runId: null,
      sessionId: null,
      clientId: by.kind === "owner" ? "A program with the owner key" : actingName(by),
      folder: homedir(),
      callId: null,
    },
    asker: askerOf(by),
    tool: "gatehouse",
    arguments: { act, sentences },
    ...inspection,
    isForPerson: true,
    isAboutRules: true,
    signal: new AbortController().signal,
  };
}
