import type { Principal } from "../contract/principal.ts";

/** A change after which something goes through that is asked about, refused or hidden now. */
export interface Loosening {
  /** What it does, for buttons and notices: "change the settings". */
  readonly act: string;
  /** What would be so afterwards, a sentence each. */
  readonly sentences: readonly string[];
}

/**
 * Applies it, once it is on record: at once when the person does it, else when the person has said yes.
 *
 * Contract: rejects, and has applied nothing, when the answer is anything but yes.
 */
export type Loosen = <T>(loosening: Loosening, by: Principal, apply: () => T | Promise<T>) => Promise<T>;

export interface LooseningGate {
  readonly loosen: Loosen;
  /** For what can't be held back, because it has happened outside: puts it on record and tells the person. */
  readonly note: (loosening: Loosening) => void;
}

/** What else the gate has to know of rights. */
export interface RightsGate extends LooseningGate {
  /** Forgets what is remembered for a key. */
  readonly forgetKey: (keyId: string) => void;
}

/** Areas that change something start before the gate that is asked about it. */
export interface LooseningPort extends RightsGate {
  /** Told when the gate has started. */
  askedOf(gate: RightsGate): void;
}

export function createLooseningPort(): LooseningPort {
  let gate: RightsGate | null = null;
  return {
    async loosen(loosening, by, apply) {
      if (gate === null) throw new Error(`Nobody can be asked yet whether to ${loosening.act}`);
      return gate.loosen(loosening, by, apply);
    },
    note: (loosening) => gate?.note(loosening),
    forgetKey: (keyId) => gate?.forgetKey(keyId),
    askedOf(started) {
      gate = started;
    },
  };
}
