import {
  Activity,
  ChartColumn,
  DoorOpen,
  History,
  Inbox,
  MessagesSquare,
  NotebookPen,
  Play,
  Settings,
  ShieldCheck,
} from "lucide-react";
import type { PageDefinition } from "../page/page.ts";
import { DiagnosticsPage } from "./diagnostics/DiagnosticsPage.tsx";
import { GrantsPage } from "./permissions/grants/GrantsPage.tsx";
import { HistoryPage } from "./permissions/history/HistoryPage.tsx";
import { InboxPage } from "./inbox/InboxPage.tsx";
import { MemoriesPage } from "./memories/MemoriesPage.tsx";
import { runCommands } from "./runs/new-run.ts";
import { RunsPage } from "./runs/RunsPage.tsx";
import { SessionsPage } from "./sessions/SessionsPage.tsx";
import { settingsCommands, SettingsPage } from "./settings/SettingsPage.tsx";
import { UsagePage } from "./usage/UsagePage.tsx";
import { useWaitingCount } from "./waiting.ts";
import { WelcomePage } from "./welcome/WelcomePage.tsx";

/**
 * LIST TWO: the pages of the window, in the order of the sidebar. To add one:
 * 1. a folder `areas/<noun>/` with `<Noun>Page.tsx`; it takes no props, reads `useSelected("<id>")` and moves
 *    with `go` and `select` from page/navigation.ts;
 * 2. the calls it makes in `calls.ts`, made with `client` (client/client.ts); what it shows of the server in
 *    `store.ts`, made with `followedStore` (client/followed-store.ts): a snapshot, one reducer per event or "ignore";
 *    components call `useFollowed(store)`;
 * 3. layout from ui/: `Page`, `PageHeader`, `ListDetail`, `VirtualList`, `EmptyState`, `Skeleton`, `ErrorNote`;
 *    keys with `useShortcuts` (page/shortcuts.ts), so that `?` lists them;
 * 4. one line below.
 */
export const pages: readonly PageDefinition[] = [
  {
    id: "inbox",
    title: "Inbox",
    icon: Inbox,
    component: InboxPage,
    group: "gate",
    useCount: useWaitingCount,
  },
  { id: "runs", title: "Runs", icon: Play, component: RunsPage, group: "work", commands: runCommands },
  { id: "sessions", title: "Sessions", icon: MessagesSquare, component: SessionsPage, group: "work" },
  { id: "memories", title: "Memory", icon: NotebookPen, component: MemoriesPage, group: "work" },
  { id: "grants", title: "Grants", icon: ShieldCheck, component: GrantsPage, group: "system" },
  { id: "history", title: "History", icon: History, component: HistoryPage, group: "system" },
  { id: "usage", title: "Usage", icon: ChartColumn, component: UsagePage, group: "system" },
  { id: "diagnostics", title: "Diagnostics", icon: Activity, component: DiagnosticsPage, group: "system" },
  {
    id: "settings",
    title: "Settings",
    icon: Settings,
    component: SettingsPage,
    group: "foot",
    commands: settingsCommands,
  },
  { id: "welcome", title: "First steps", icon: DoorOpen, component: WelcomePage, group: "hidden" },
];

/** What waits for a person, for the parts of the window that no page owns. */
export { kindOf, reloadWaiting, useWaiting } from "./waiting.ts";

/** What the palette finds besides pages and what waits. */
export { usePaletteFinds } from "./recall/palette-finds.ts";
export { PaletteGroups } from "./recall/PaletteGroups.tsx";

/** Whether anything can be put on record, for every page. */
export { StorageBanner } from "./storage/StorageBanner.tsx";
