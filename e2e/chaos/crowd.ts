import type { Answer } from "../fixtures/api.ts";
import type { Daemon } from "../fixtures/daemon.ts";
import { call, createGlue, type Glue } from "../fixtures/glue.ts";
import { createNative, type Native, type NativePermission } from "../fixtures/native.ts";
import type { Chance } from "../fixtures/random.ts";
import type { KnownDecision, Witness } from "./witness.ts";

interface Member {
  readonly glue: Glue;
  readonly native: Native;
  readonly chance: Chance;
  readonly witness: Witness;
  /** For names that no other run of the whole test has. */
  readonly serial: () => number;
}

const CLIENTS = ["cli:11", "telegram:1", "", "dashboard:5"] as const;
const SESSIONS = ["one", "two ✓", "telegram:1"] as const;
/** What is remembered is no longer asked, so most answers are for once. */
const SCOPES = ["", "", "", "session_target", "forever"] as const;
const NATIVE_SCOPES: Readonly<Record<string, string>> = { "": "once" };

/** Clients that start runs, answer their requests and watch, one run after the other, until the daemon is gone. */
export function gatherCrowd(
  daemon: Daemon,
  crowd: {
    readonly size: number;
    readonly chance: Chance;
    readonly witness: Witness;
    readonly serial: () => number;
  },
): { readonly dispersed: Promise<void>; kill(): void } {
  let isKilled = false;
  const member: Member = { ...crowd, glue: createGlue(daemon.api), native: createNative(daemon.owner) };
  const live = async () => {
    while (!isKilled) {
      try {
        await oneRun(member);
      } catch (error) {
        if (!isKilled) throw error;
      }
    }
  };
  const members = Array.from({ length: crowd.size }, live);
  return {
    dispersed: Promise.all(members).then(() => undefined),
    kill() {
      isKilled = true;
      daemon.kill("SIGKILL");
    },
  };
}

async function oneRun(member: Member): Promise<void> {
  const { glue, chance, witness } = member;
  const { run_id: runId } = await glue.start(`${chance.pick(SESSIONS)} ${chance.below(20)}`, {
    text: script(member),
    client_id: chance.pick(CLIENTS),
    detached: chance.oneIn(3),
  });
  witness.runs.add(runId);
  if (chance.oneIn(8)) return;
  const stream = await glue.stream(runId);
  witness.frames.set(runId, stream.frames);
  const leavesAfter = chance.oneIn(10) ? chance.below(12) : Infinity;
  for (let at = 0; ; at += 1) {
    const frame = await stream.first(({ envelope }) => envelope.seq === at + 1);
    if (frame.event === "run_done" || frame.event === "run_error") break;
    if (at >= leavesAfter) {
      stream.leave();
      return;
    }
    if (frame.event === "permission_request")
      await answer(member, runId, frame.envelope.payload.permission_id ?? "");
  }
  await stream.ended;
}

/** Words and calls; most of the calls have to be asked for. */
function script({ chance, serial }: Member): string {
  const lines = Array.from({ length: 1 + chance.below(3) }, () => {
    const words = "a few words more ".repeat(chance.below(15)).trim();
    const path = chance.oneIn(4) ? `shared-${chance.below(3)}.txt` : `file-${serial()}.txt`;
    const tool = chance.oneIn(6)
      ? call("list_dir", { path: "." })
      : call("write_file", {
          path,
          content: "x".repeat(chance.below(2_000)),
          overwrite: path.startsWith("shared"),
        });
    return `${words}\n${tool}`;
  });
  return lines.join("\n");
}

async function answer(
  { glue, native, chance, witness }: Member,
  runId: string,
  permissionId: string,
): Promise<void> {
  if (chance.oneIn(12)) {
    await glue.cancel(runId);
    return;
  }
  const isAllowed = !chance.oneIn(4);
  const remember = !isAllowed ? "" : chance.oneIn(20) ? "session" : chance.pick(SCOPES);
  const reason = isAllowed ? null : `no ${permissionId.slice(-4)}`;
  const scope = isAllowed ? (NATIVE_SCOPES[remember] ?? remember) : null;
  const own: KnownDecision = { outcome: isAllowed ? "allowed" : "denied", scope, reason };
  const told = chance.oneIn(2)
    ? await glue.decide(runId, permissionId, {
        allow: isAllowed,
        remember_for: remember,
        ...(reason === null ? {} : { reason }),
      })
    : await native.decide(permissionId, {
        decision: isAllowed ? "allow" : "deny",
        ...(scope === null ? {} : { scope }),
        ...(reason === null ? {} : { reason }),
      });
  witness.decisions.set(permissionId, toldBy(told, own));
}

/** Nobody else answers this request, but a grant may that another member gave meanwhile; then that is what is told. */
function toldBy({ status, text, json }: Answer, own: KnownDecision): KnownDecision {
  const { accepted, outcome, decided_by, error } = json as {
    readonly accepted?: boolean;
    readonly outcome?: string;
    readonly decided_by?: NativePermission["decidedBy"];
    readonly error?: { readonly data?: NativePermission };
  };
  if (status === 200 && accepted !== false) return own;
  const earlier = status === 409 ? error?.data?.status : outcome;
  const decidedBy = status === 409 ? error?.data?.decidedBy : decided_by;
  if (earlier !== "allowed" || decidedBy?.kind !== "grant") throw new Error(`${status}: ${text}`);
  return { outcome: earlier, decidedBy };
}
