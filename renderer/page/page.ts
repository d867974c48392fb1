import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";

/** Something the palette can do beside going to a page. */
export interface PageCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

/** A page of the window. `useCount` is the number beside its name in the sidebar. */
export interface PageDefinition {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly component: ComponentType;
  /** `hidden` pages are reached by links and the palette only. */
  readonly group: "gate" | "work" | "system" | "foot" | "hidden";
  readonly useCount?: () => number;
  readonly commands?: readonly PageCommand[];
}
