import { create } from "zustand";

export interface Place {
  /** Id of a page in areas/index.ts. */
  readonly page: string;
  /** What is open on it, such as a run's id. */
  readonly selected: string | null;
  /** A place within what is open, such as the index of a message. */
  readonly part: string | null;
}

interface Navigation {
  readonly place: Place;
  readonly past: readonly Place[];
  readonly future: readonly Place[];
}

const remembered = 100;

export const useNavigation = create<Navigation>(() => ({
  place: { page: "inbox", selected: null, part: null },
  past: [],
  future: [],
}));

const samePlace = (a: Place, b: Place) => a.page === b.page && a.selected === b.selected && a.part === b.part;

/** Goes somewhere; `back` returns here. */
export function go(page: string, selected: string | null = null, part: string | null = null): void {
  useNavigation.setState((now) => {
    const place = { page, selected, part };
    if (samePlace(now.place, place)) return now;
    return { place, past: [...now.past.slice(-remembered), now.place], future: [] };
  });
}

/** Opens something else on the same page without a step to go back through, as moving in a list does. */
export function select(selected: string | null): void {
  useNavigation.setState((now) => ({ ...now, place: { ...now.place, selected, part: null } }));
}

export function back(): void {
  useNavigation.setState((now) => {
    const place = now.past.at(-1);
    if (place === undefined) return now;
    return { place, past: now.past.slice(0, -1), future: [now.place, ...now.future] };
  });
}

export function forward(): void {
  useNavigation.setState((now) => {
    const [place, ...future] = now.future;
    if (place === undefined) return now;
    return { place, past: [...now.past, now.place], future };
  });
}

/** The id that is open on this page, null on any other. */
export const useSelected = (page: string) =>
  useNavigation(({ place }) => (place.page === page ? place.selected : null));

/** The place within what is open on this page. */
export const usePart = (page: string) =>
  useNavigation(({ place }) => (place.page === page ? place.part : null));
