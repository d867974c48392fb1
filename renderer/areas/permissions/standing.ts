/** Since when each of some things has been where it is. What moves, changes or is new starts afresh. */
export interface Standing<Thing> {
  look(places: readonly (readonly [Thing, string])[], now: number): void;
  /** Null: it was not at this place when somebody last looked. */
  since(thing: Thing, place: string): number | null;
  forget(): void;
}

export function createStanding<Thing>(): Standing<Thing> {
  let seen = new Map<Thing, { readonly place: string; readonly since: number }>();
  return {
    look(places, now) {
      seen = new Map(
        places.map(([thing, place]) => {
          const before = seen.get(thing);
          return [thing, before?.place === place ? before : { place, since: now }];
        }),
      );
    },
    since(thing, place) {
      const entry = seen.get(thing);
      return entry?.place === place ? entry.since : null;
    },
    forget() {
      seen = new Map();
    },
  };
}
