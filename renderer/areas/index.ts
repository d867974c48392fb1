import type { PageDefinition } from "../app/page.ts";

/**
 * LIST TWO: the pages of the window, in the order of the sidebar. To add one:
 * 1. a folder `areas/<noun>/` with `<Noun>Page.tsx`; it takes no props, reads `useSelected("<id>")` and moves
 *    with `go` and `select` from app/navigation.ts;
 * 2. what it shows of the server in `store.ts`, made with `followedStore` (client/followed-store.ts): a snapshot
 *    from `snapshots.<area>.<endpoint>()`, one reducer per event or "ignore"; components call `useFollowed(store)`;
 * 3. layout from ui/: `Page`, `PageHeader`, `ListDetail`, `VirtualList`, `EmptyState`, `Skeleton`, `ErrorNote`;
 *    keys with `useShortcuts` (app/shortcuts.ts), so that `?` lists them;
 * 4. one line below.
 */
export const pages: readonly PageDefinition[] = [];
