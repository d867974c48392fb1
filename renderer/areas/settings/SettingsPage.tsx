import {
  Bell,
  Bot,
  ChartColumn,
  FolderCog,
  HardDrive,
  KeyRound,
  Laptop,
  NotebookPen,
  ShieldQuestion,
  type LucideIcon,
} from "lucide-react";
import type { ComponentType } from "react";
import { go, select, useSelected } from "../../page/navigation.ts";
import type { PageCommand } from "../../page/page.ts";
import type { Settings } from "./sections.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { classNames } from "../../ui/class-names.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Page, PageColumn, PageHeader } from "../../ui/Page.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { AccessSection } from "../access/AccessSection.tsx";
import { AppSection } from "./AppSection.tsx";
import { MemorySection } from "./MemorySection.tsx";
import { NotificationSection } from "./NotificationSection.tsx";
import { PermissionSection } from "./PermissionSection.tsx";
import { ProviderSection } from "./providers/ProviderSection.tsx";
import styles from "./SettingsPage.module.css";
import { StorageSection } from "./StorageSection.tsx";
import { useSettings } from "./store.ts";
import { UsageSection } from "./UsageSection.tsx";
import { WorkspaceSection } from "./WorkspaceSection.tsx";

interface Section {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly component: ComponentType<{ readonly settings: Settings }>;
}

export const settingsSections: readonly Section[] = [
  { id: "permissions", title: "Permissions", icon: ShieldQuestion, component: PermissionSection },
  { id: "providers", title: "Models", icon: Bot, component: ProviderSection },
  { id: "workspace", title: "Workspace and tools", icon: FolderCog, component: WorkspaceSection },
  { id: "memories", title: "Memory", icon: NotebookPen, component: MemorySection },
  { id: "notifications", title: "Notifications", icon: Bell, component: NotificationSection },
  { id: "usage", title: "Costs", icon: ChartColumn, component: UsageSection },
  { id: "storage", title: "Storage", icon: HardDrive, component: StorageSection },
  { id: "access", title: "Access", icon: KeyRound, component: AccessSection },
  { id: "app", title: "This app", icon: Laptop, component: AppSection },
];

export const settingsCommands: readonly PageCommand[] = settingsSections.map(({ id, title, icon }) => ({
  id: `settings_${id}`,
  label: `Settings: ${title}`,
  icon,
  run: () => go("settings", id),
}));

/** What is selected on this page is its section, so that other pages can lead to one. */
export function SettingsPage() {
  const { data: settings, status, error } = useFollowed(useSettings);
  const selected = useSelected("settings");
  const section = settingsSections.find(({ id }) => id === selected) ?? settingsSections[0];
  if (section === undefined) return null;
  const { component: Content, title } = section;
  return (
    <Page>
      <PageHeader title="Settings" />
      <div className={styles.body}>
        <nav className={styles.nav} aria-label="Sections of the settings">
          {settingsSections.map(({ id, title: name, icon: Icon }) => (
            <button
              key={id}
              type="button"
              className={classNames(styles.link, id === section.id && styles.current)}
              aria-current={id === section.id ? "page" : undefined}
              onClick={() => select(id)}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span>{name}</span>
            </button>
          ))}
        </nav>
        <PageColumn key={section.id}>
          <h1 className={styles.title}>{title}</h1>
          {status === "loading" && <SkeletonRows height={56} rows={5} />}
          {status === "failed" && (
            <ErrorNote
              title="The settings could not be read."
              error={error}
              onRetry={() => void useSettings.reload()}
            />
          )}
          {settings !== null && <Content settings={settings} />}
        </PageColumn>
      </div>
    </Page>
  );
}
