import type { ComponentType, ReactNode } from "react";
import type { PopupSize } from "../../main/desktop/contract.ts";
import type { Followed } from "../client/followed-store.ts";

export interface WaitingList<Item> {
  /** The longest wait first. */
  readonly waiting: readonly Item[];
  /** What was settled while this page looked on, newest first. */
  readonly settled: readonly Item[];
}

export interface PopupCardProps<Item> {
  readonly item: Item;
  /** False while the popup is not on screen yet. */
  readonly isShown: boolean;
  /** Changes when the person looks anew. */
  readonly look: number;
  /** All of the card is there, and likes this much room. */
  readonly onLoaded: (size: PopupSize) => void;
  /** What Escape does once nothing is open in the card. */
  readonly onEscape: () => void;
  /** In the first line: ways out of the popup. */
  readonly aside: ReactNode;
  /** Beside the answers: puts it off. */
  readonly later: ReactNode;
}

export interface WaitingRowProps<Item> {
  readonly item: Item;
  readonly isPicked: boolean;
  readonly isOpen?: boolean;
  readonly onPick: () => void;
  readonly onOpen: () => void;
}

/** What an area gives for a kind of thing that waits for a person. */
export interface WaitingKind<Item> {
  /** What waits, followed from the first use on. */
  readonly useList: () => Followed<WaitingList<Item>>;
  readonly reload: () => Promise<void>;
  /** What it is about, in one line; code in backticks. */
  readonly title: (item: Item) => string;
  /** Who asks. */
  readonly from: (item: Item) => string;
  /** Title and asker as a sentence to be read aloud. */
  readonly announcement: (item: Item) => string;
  /** More words to find it by. */
  readonly keywords: (item: Item) => readonly string[];
  /** Reads ahead what its card will show. */
  readonly readAhead: (item: Item) => void;
  readonly PopupCard: ComponentType<PopupCardProps<Item>>;
  readonly Row: ComponentType<WaitingRowProps<Item>>;
}
