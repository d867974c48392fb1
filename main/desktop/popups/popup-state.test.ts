import { expect, test } from "vitest";
import type { WaitingItem } from "../../areas/waiting/contract.ts";
import { HIDDEN, nextPopup, type PopupInput, type PopupState } from "./popup-state.ts";

const item = (id: string, by?: "popup" | "window"): WaitingItem =>
  ({
    kind: "permission",
    id,
    decidedBy: by === undefined ? null : { kind: by, name: "" },
  }) as unknown as WaitingItem;

/** Plays inputs one after the other on a desk of its own: what waits follows from what was asked and settled. */
function desk(mayShow = true) {
  let state: PopupState = HIDDEN;
  let waiting: WaitingItem[] = [];
  let now = 1_000;
  const put = (input: PopupInput) => (state = nextPopup(state, input, waiting, now));
  return {
    see: () => ({ window: state.window, card: state.card, isLeaving: state.isLeaving }),
    look: () => state.look,
    ask(id: string) {
      waiting.push(item(id));
      put({ type: "asked", item: item(id), mayShow });
    },
    settle(id: string, by: "popup" | "window", undoableMs?: number) {
      waiting = waiting.filter((each) => each.id !== id);
      const undoableUntil = undoableMs === undefined ? null : now + undoableMs;
      put({ type: "settled", item: item(id, by), undoableUntil });
    },
    later: (id: string) => put({ type: "later", id }),
    open: (id: string | null) => put({ type: "opened", id }),
    turn: (id: string) => put({ type: "turned", id }),
    paint: (id: string) => put({ type: "painted", id }),
    close: () => put({ type: "closed" }),
    pass(ms: number) {
      now += ms;
      put({ type: "time" });
    },
  };
}

const hidden = { window: "hidden", card: null, isLeaving: false };
const shown = (card: string, isLeaving = false) => ({ window: "shown", card, isLeaving });

test("comes up once its card is painted, and keeps it when others ask", () => {
  const { see, ask, paint } = desk();
  ask("a");
  expect(see()).toEqual({ window: "preparing", card: "a", isLeaving: false });
  ask("b");
  paint("b");
  expect(see().window).toBe("preparing");
  paint("a");
  ask("c");
  expect(see()).toEqual(shown("a"));
});

test("comes up without a word from the page, but not sooner than it could have painted", () => {
  const { see, ask, pass } = desk();
  ask("a");
  pass(99);
  expect(see().window).toBe("preparing");
  pass(1);
  expect(see()).toEqual(shown("a"));
});

test("stays away while the person does not want to be disturbed, unless called", () => {
  const { see, ask, open } = desk(false);
  ask("a");
  ask("b");
  expect(see()).toEqual(hidden);
  open("b");
  expect(see()).toEqual(shown("b"));
});

test("an answer in the popup makes room at once, one from elsewhere is shown before it leaves", () => {
  const { see, ask, paint, settle, pass } = desk();
  for (const id of ["a", "b", "c"]) ask(id);
  paint("a");
  settle("a", "popup");
  expect(see()).toEqual(shown("b"));
  settle("b", "window");
  expect(see()).toEqual(shown("b", true));
  pass(1_199);
  expect(see()).toEqual(shown("b", true));
  pass(1);
  expect(see()).toEqual(shown("c"));
  settle("c", "window");
  pass(1_200);
  expect(see()).toEqual(hidden);
});

test("what was settled before the window came up is never shown", () => {
  const { see, ask, settle, paint } = desk();
  ask("a");
  settle("a", "window");
  paint("a");
  expect(see()).toEqual(hidden);
});

test("a request that comes while the last card says goodbye is shown after it, in the same window", () => {
  const { see, ask, paint, settle, pass } = desk();
  ask("a");
  paint("a");
  settle("a", "window");
  ask("b");
  expect(see()).toEqual(shown("a", true));
  pass(1_200);
  expect(see()).toEqual(shown("b"));
});

test("closing puts it away with everything still waiting, and the next request brings it back", () => {
  const { see, ask, paint, close, look } = desk();
  ask("a");
  paint("a");
  const before = look();
  close();
  expect(see()).toEqual(hidden);
  ask("b");
  paint("b");
  expect(see()).toEqual(shown("b"));
  expect(look()).toBe(before + 1);
});

test("turns to what waits and to nothing else", () => {
  const { see, ask, paint, turn, settle } = desk();
  ask("a");
  ask("b");
  paint("a");
  turn("b");
  expect(see()).toEqual(shown("b"));
  settle("a", "window");
  turn("a");
  expect(see()).toEqual(shown("b"));
});

test("opens the longest wait when what was named has gone, and stays away when nothing waits", () => {
  const { see, ask, open } = desk(false);
  open(null);
  expect(see()).toEqual(hidden);
  ask("a");
  ask("b");
  open("gone");
  expect(see()).toEqual(shown("a"));
});

test("what is put off makes room, and does not come back by itself", () => {
  const { see, ask, paint, later, settle, open, turn } = desk();
  for (const id of ["a", "b", "c"]) ask(id);
  paint("a");
  later("a");
  expect(see()).toEqual(shown("b"));
  settle("b", "popup");
  expect(see()).toEqual(shown("c"));
  turn("a");
  expect(see()).toEqual(shown("a"));
  later("a");
  later("c");
  expect(see()).toEqual(hidden);
  ask("d");
  paint("d");
  expect(see()).toEqual(shown("d"));
  settle("d", "popup");
  expect(see()).toEqual(hidden);
  open(null);
  expect(see()).toEqual(shown("a"));
});

test("the last denial stays in sight for as long as it can be taken back, and is a card again once it is", () => {
  const { see, ask, paint, settle, pass } = desk();
  ask("a");
  paint("a");
  settle("a", "popup", 5_000);
  expect(see()).toEqual(shown("a", true));
  pass(4_999);
  expect(see()).toEqual(shown("a", true));
  ask("a");
  expect(see()).toEqual(shown("a"));
  pass(10_000);
  settle("a", "popup", 5_000);
  pass(5_000);
  expect(see()).toEqual(hidden);
});

test("with others waiting the next card comes at once, whatever can be taken back", () => {
  const { see, ask, paint, settle } = desk();
  for (const id of ["a", "b"]) ask(id);
  paint("a");
  settle("a", "popup", 5_000);
  expect(see()).toEqual(shown("b"));
});
