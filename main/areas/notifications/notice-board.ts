import type { WaitingItem } from "../waiting/contract.ts";
import { itemNotice } from "./item-notice.ts";
import { itemKey, waitingKey, waitingNotice, type Notice, type Wording } from "./notice.ts";

/** Requests that follow one another faster than this belong together. */
export const BURST_MS = 400;
/** More notices of their own than this would cover the screen. */
const MAX_SINGLE_NOTICES = 3;
/** A storm of requests rings once. */
const SOUND_PAUSE_MS = 5000;

/** Which requests are on screen, and as what. */
export interface NoticeBoard {
  /** With a notice of their own. */
  readonly single: readonly WaitingItem[];
  /** In the common notice, or about to be. */
  readonly together: readonly WaitingItem[];
  /** How many the common notice on screen speaks of; 0 when there is none. */
  readonly toldTogether: number;
  readonly lastAskedAt: number;
  readonly lastSoundAt: number;
  /** When the common notice is put up or brought up to date. */
  readonly dueAt: number | null;
}

export const emptyBoard: NoticeBoard = {
  single: [],
  together: [],
  toldTogether: 0,
  lastAskedAt: -Infinity,
  lastSoundAt: -Infinity,
  dueAt: null,
};

/** `replaces` is the key of a notice on screen whose place it takes. */
export type NoticeChange =
  | { readonly kind: "show"; readonly notice: Notice; readonly replaces: string | null }
  | { readonly kind: "withdraw"; readonly key: string };

export interface BoardStep {
  readonly board: NoticeBoard;
  readonly changes: readonly NoticeChange[];
}

/** The first gets a notice at once; those that follow shortly after share one. */
export function addRequest(
  board: NoticeBoard,
  request: WaitingItem,
  now: number,
  wording: Wording,
): BoardStep {
  const isBurst = now - board.lastAskedAt < BURST_MS;
  if (isBurst || board.together.length > 0 || board.single.length >= MAX_SINGLE_NOTICES) {
    const together = [...board.together, request];
    return {
      board: { ...board, lastAskedAt: now, together, dueAt: board.dueAt ?? now + BURST_MS },
      changes: [],
    };
  }
  return {
    board: { ...board, lastAskedAt: now, lastSoundAt: now, single: [...board.single, request] },
    changes: [{ kind: "show", notice: itemNotice(request, wording), replaces: null }],
  };
}

/** Call when `dueAt` has come. */
export function tellTogether(board: NoticeBoard, now: number, wording: Wording): BoardStep {
  if (board.together.length === 0) return { board: { ...board, dueAt: null }, changes: [] };
  const all = [...board.single, ...board.together];
  const isNews = all.length > board.toldTogether;
  const rings = isNews && now - board.lastSoundAt >= SOUND_PAUSE_MS;
  const words = { ...wording, sound: wording.sound && rings };
  const base = { ...board, dueAt: null, lastSoundAt: rings ? now : board.lastSoundAt };
  const onScreen = [...board.single.map(itemKey), ...(board.toldTogether > 0 ? [waitingKey] : [])];
  const replaces = onScreen.at(-1) ?? null;
  const withdrawn = onScreen.slice(0, -1).map((key) => ({ kind: "withdraw", key }) as const);
  const [only] = all;
  if (all.length === 1 && only !== undefined) {
    return {
      board: { ...base, single: [only], together: [], toldTogether: 0 },
      changes: [...withdrawn, { kind: "show", notice: itemNotice(only, words), replaces }],
    };
  }
  return {
    board: { ...base, single: [], together: all, toldTogether: all.length },
    changes: [...withdrawn, { kind: "show", notice: waitingNotice(all, words), replaces }],
  };
}

/** Answered, expired or withdrawn, wherever that happened. */
export function removeRequest(board: NoticeBoard, id: string, now: number): BoardStep {
  const told = board.single.find((request) => request.id === id);
  if (told !== undefined) {
    return {
      board: { ...board, single: board.single.filter((request) => request !== told) },
      changes: [{ kind: "withdraw", key: itemKey(told) }],
    };
  }
  const together = board.together.filter((request) => request.id !== id);
  if (together.length === board.together.length) return { board, changes: [] };
  if (together.length > 0) {
    return { board: { ...board, together, dueAt: board.dueAt ?? now + BURST_MS }, changes: [] };
  }
  return {
    board: { ...board, together, toldTogether: 0, dueAt: null },
    changes: board.toldTogether > 0 ? [{ kind: "withdraw", key: waitingKey }] : [],
  };
}
