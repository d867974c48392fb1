import { CircleCheck, Hand, ScrollText, Waypoints, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { go } from "../../page/navigation.ts";
import { windowDesktopCalls } from "../../client/desktop-window.ts";
import { asCallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Mark } from "../../ui/Mark.tsx";
import { Page, PageColumn } from "../../ui/Page.tsx";
import { toast } from "../../ui/toasts.ts";
import { Connect } from "./Connect.tsx";
import { Step } from "./Step.tsx";
import { TryIt } from "./TryIt.tsx";
import styles from "./WelcomePage.module.css";

const promises: readonly { readonly icon: LucideIcon; readonly title: string; readonly words: string }[] = [
  {
    icon: Waypoints,
    title: "Every agent asks here",
    words: "Whatever wants to run a command or change a file on this machine comes to one gate.",
  },
  {
    icon: Hand,
    title: "You answer in one click",
    words: "You see the whole command or change. Once, for a while, or from now on: you say which.",
  },
  {
    icon: ScrollText,
    title: "All of it is on record",
    words: "What ran, who let it, and when. No answer means no.",
  },
];

/** The first minute: what this is, one request to feel it, and how to bring one's own agents. */
export function WelcomePage() {
  const [isTried, setTried] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    try {
      await windowDesktopCalls.finishFirstRun();
    } catch (caught) {
      toast(`This page will be shown again. ${asCallError(caught).message}`, { tone: "deny" });
    }
    go("inbox");
  };
  return (
    <Page>
      <PageColumn>
        <header className={styles.header}>
          <Mark size={28} />
          <div className={styles.words}>
            <h1>One gate for every agent on this machine</h1>
            <p className={styles.lead}>Three steps, about a minute. No model and no account needed.</p>
          </div>
          {!isTried && (
            <Button look="quiet" isBusy={isLeaving} onClick={() => void leave()}>
              Skip
            </Button>
          )}
        </header>
        <ol className={styles.steps}>
          <Step number={1} title="What this is">
            <ul className={styles.promises}>
              {promises.map(({ icon: Icon, title, words }) => (
                <li key={title}>
                  <Icon size={16} strokeWidth={1.75} aria-hidden />
                  <h3>{title}</h3>
                  <p>{words}</p>
                </li>
              ))}
            </ul>
          </Step>
          <Step number={2} title="Try it" isDone={isTried}>
            <TryIt onAnswered={() => setTried(true)} />
          </Step>
          <Step number={3} title="Connect your agents">
            <Connect />
          </Step>
        </ol>
        <footer className={styles.footer}>
          <p>
            Gatehouse stays in the tray when you close this window. You find this page again in Settings,
            under “This app”.
          </p>
          <Button
            look="primary"
            icon={<CircleCheck size={16} aria-hidden />}
            isBusy={isLeaving}
            onClick={() => void leave()}
          >
            Go to the inbox
          </Button>
        </footer>
      </PageColumn>
    </Page>
  );
}
