import type { WaitingItem } from "../../areas/waiting/contract.ts";

/** What the popup does, as far as it depends on what happens: which card, and whether the window is on screen. */
export interface PopupState {
  /** `preparing`: the page draws the card, and the window comes up as soon as it has, or at `until`. */
  readonly window: "hidden" | "preparing" | "shown";
  /** The card in the page. It may be settled: then it says so, and leaves at `until`. */
  readonly card: string | null;
  readonly isLeaving: boolean;
  /** When something happens by itself, in milliseconds of the steady count. */
  readonly until: number | null;
  /** Counts how often the person was shown something anew; keys and clicks from before do not count. */
  readonly look: number;
  /** What the person will see to later: it comes back when asked for, not by itself. */
  readonly later: readonly string[];
}

export type PopupInput =
  /** `mayShow`: it may come up by itself. */
  | { readonly type: "asked"; readonly item: WaitingItem; readonly mayShow: boolean }
  /** `undoableUntil`: the person can take the answer back until then. */
  | { readonly type: "settled"; readonly item: WaitingItem; readonly undoableUntil: number | null }
  /** The person wants to see this, or what waits longest. */
  | { readonly type: "opened"; readonly id: string | null }
  /** The person turned to another card in the popup. */
  | { readonly type: "turned"; readonly id: string }
  /** The page has this card on its screen. */
  | { readonly type: "painted"; readonly id: string }
  /** The person will see to this one later. */
  | { readonly type: "later"; readonly id: string }
  | { readonly type: "closed" }
  | { readonly type: "time" };

/** Should the page not say that it has painted, half a card is better than none. */
const SHOW_ANYWAY_MS = 100;
/** As long as a card says that it was answered elsewhere. */
const LEAVING_MS = 1_200;

export const HIDDEN: PopupState = {
  window: "hidden",
  card: null,
  isLeaving: false,
  until: null,
  look: 0,
  later: [],
};

/**
 * The next state. `waiting` is what waits once the input has happened, the longest wait first.
 *
 * What is on screen stays there when others arrive. What is answered in the popup makes room at once; what is answered
 * elsewhere first says so. When nothing is left, the window leaves.
 */
export function nextPopup(
  state: PopupState,
  input: PopupInput,
  waiting: readonly WaitingItem[],
  now: number,
): PopupState {
  switch (input.type) {
    case "asked":
      if (state.window !== "hidden") {
        const isFree = state.card === null || state.card === input.item.id;
        return isFree ? withCard(state, input.item.id) : state;
      }
      if (!input.mayShow) return state;
      return {
        ...state,
        window: "preparing",
        card: input.item.id,
        isLeaving: false,
        until: now + SHOW_ANYWAY_MS,
        look: state.look + 1,
      };
    case "settled":
      if (input.item.id !== state.card) return state;
      if (state.window !== "shown") return withNext(state, waiting);
      if (input.item.decidedBy?.kind === "popup") {
        // The way back stands in the last line; where nothing else comes, the card stays for it.
        const stays = input.undoableUntil !== null && firstOf(waiting, state.later) === undefined;
        return stays ? { ...state, isLeaving: true, until: input.undoableUntil } : withNext(state, waiting);
      }
      return { ...state, isLeaving: true, until: now + LEAVING_MS };
    case "opened": {
      const wanted = waiting.find(({ id }) => id === input.id) ?? firstOf(waiting, state.later) ?? waiting[0];
      if (wanted === undefined) return state;
      const look = state.look + 1;
      return { window: "shown", card: wanted.id, isLeaving: false, until: null, look, later: [] };
    }
    case "turned":
      return waiting.some(({ id }) => id === input.id) ? withCard(state, input.id) : state;
    case "painted":
      if (state.window !== "preparing" || input.id !== state.card) return state;
      return { ...state, window: "shown", until: null };
    case "later": {
      const later = [...state.later.filter((id) => waiting.some((item) => item.id === id)), input.id];
      return input.id === state.card ? withNext({ ...state, later }, waiting) : { ...state, later };
    }
    case "closed":
      return hidden(state);
    case "time":
      if (state.until === null || now < state.until) return state;
      return state.window === "preparing"
        ? { ...state, window: "shown", until: null }
        : withNext(state, waiting);
  }
}

const firstOf = (waiting: readonly WaitingItem[], later: readonly string[]) =>
  waiting.find(({ id }) => !later.includes(id));

const hidden = ({ look, later }: PopupState): PopupState => ({ ...HIDDEN, look, later });

function withCard(state: PopupState, card: string): PopupState {
  return { ...state, card, isLeaving: false, until: state.window === "preparing" ? state.until : null };
}

function withNext(state: PopupState, waiting: readonly WaitingItem[]): PopupState {
  const next = firstOf(waiting, state.later);
  return next === undefined ? hidden(state) : withCard(state, next.id);
}
